using System.Collections.Frozen;

namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>The column names that the carrier is known to use, in its API's records and in its reports.</summary>
/// <remarks>Source: the schemas and samples of detail records, message and call reports, of July 2026.</remarks>
internal static class KnownColumns
{
    /// <summary>Where a field stands; of several columns of a row the first that is not empty counts.</summary>
    public static readonly IReadOnlyDictionary<RecordField, string[]> Of = new Dictionary<RecordField, string[]>
    {
        [RecordField.RecordType] = ["record_type"],
        [RecordField.RecordId] = ["id", "sip_call_id"],
        [RecordField.LegId] = ["telnyx_leg_id", "call_leg_id", "leg_id"],
        [RecordField.ControlId] = ["call_control_id", "telnyx_call_control_id"],
        [RecordField.SessionId] = ["telnyx_session_id", "call_session_id"],
        [RecordField.MessageId] = ["uuid", "message_id"],
        [RecordField.Direction] = ["direction", "leg_direction"],
        [RecordField.From] = ["cli", "origination_number", "originating_number", "from.phone_number", "from"],
        [RecordField.To] =
            ["cld", "terminating_number", "destination_number", "dest_number", "to.phone_number", "to"],
        [RecordField.At] =
        [
            "started_at", "start_time", "start_timestamp_utc", "start_timestamp", "joined_at", "invoked_at",
            "created_at", "sent_at",
        ],
        [RecordField.BilledSeconds] = ["billed_sec", "billable_time"],
        [RecordField.Cost] = ["cost", "cost.amount", "data_cost", "verify_usage_fee"],
        [RecordField.Currency] = ["currency", "cost.currency"],
    };

    /// <summary>Columns whose times have no offset and are of the zone that the report was asked for in.</summary>
    public static readonly FrozenSet<string> Zoned = FrozenSet.Create("start_timestamp");

    /// <summary>Columns that only reports of calls have.</summary>
    public static readonly FrozenSet<string> OfCallReports = FrozenSet.Create(
        "origination_number", "terminating_number", "start_timestamp_utc", "start_timestamp", "billable_time");

    /// <summary>Known, and of no use to the match.</summary>
    private static readonly string[] Unused =
    [
        "account_id", "action_type", "additional_cost", "answer_timestamp", "answered_at", "asset_id", "attempted",
        "auth_username", "autoresponse_type", "billing_group", "billing_group_id", "billing_group_name",
        "call_duration", "call_id", "call_sec", "caller_name", "caller_number", "carrier", "carrier_fee", "cc",
        "closed_at", "completed", "completed_at", "conference_id", "connected", "connection_id", "connection_name",
        "conversation_id", "cost_breakdown", "country_code", "data_rate", "data_unit", "delivery_status",
        "delivery_status_failover_url", "delivery_status_webhook_url", "destination_phone_number", "downlink_data",
        "duration_sec", "encoding", "end_time", "end_timestamp", "ended_at", "errors", "event_name", "expires_at",
        "feature", "finished_at", "flow_dest", "flow_source", "fs_channel_id", "fteu", "hangup_cause", "hangup_code",
        "hangup_details", "has_telnyx_retried_internally", "imsi", "ip_address", "is_callcontrol",
        "is_telnyx_billable", "left_at", "link_channel_id", "link_channel_type", "lrn", "mcc", "media", "message_type",
        "messaging_profile_id", "mnc", "mos", "name", "number_of_characters", "on_net", "onnet", "org_id", "orig_jip",
        "orig_lrn", "origination_city", "origination_country", "origination_lata", "origination_state",
        "outbound_profile_id", "participant_call_sec", "participant_count", "parts", "payment_method", "pdd",
        "phone_number", "profile_id", "profile_name", "provider", "rate", "rate_measured_in", "received_at", "region",
        "route", "rtp_use_codec_name", "session_id", "shaken_stir", "sim_card_id", "sim_card_tags", "sim_group_id",
        "sim_group_name", "sip_from_url", "sip_full_to", "sip_invite_failure_status", "source_country_code", "status",
        "subject", "tags", "telnyx_error_code", "telnyx_error_message", "term_lrn_city", "term_lrn_lata",
        "term_lrn_ocn", "term_lrn_state", "terminating_city", "terminating_state", "text", "type", "updated_at",
        "uplink_data", "use_profile_webhooks", "user_id", "valid_until", "verification_status", "verify_channel_id",
        "verify_channel_type", "verify_profile_id", "webhook_failover_url", "webhook_id", "webhook_url",
    ];

    private static readonly FrozenSet<string> All =
        Of.Values.SelectMany(names => names).Concat(Unused).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True also for what stands inside a known object (<c>from.carrier</c>).</summary>
    public static bool Contains(string name) =>
        All.Contains(name) || (name.IndexOf('.') is > 0 and var dot && All.Contains(name[..dot]));

    /// <summary>
    /// A name as this page has it: lower case, underscores for blanks and hyphens, without what stands in brackets:
    /// <c>Billable time (60/60)</c> is <c>billable_time</c>.
    /// </summary>
    public static string Normalize(string name)
    {
        var bracket = name.IndexOf('(');
        var bare = (bracket > 0 ? name[..bracket] : name).Trim();
        return bare.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
    }
}
