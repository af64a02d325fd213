using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.ChangeSets;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Notifications;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Porting;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Every fact and the name it is stored under. Stored names are permanent.</summary>
public static class FactCatalogue
{
    public static readonly IReadOnlyList<(Type Type, string Name)> All =
    [
        (typeof(CallInitiated), "call_initiated"),
        (typeof(CallAnswered), "call_answered"),
        (typeof(CallBridged), "call_bridged"),
        (typeof(CallHungUp), "call_hung_up"),
        (typeof(CallCostReported), "call_cost_reported"),
        (typeof(DtmfReceived), "dtmf_received"),
        (typeof(GatherEnded), "gather_ended"),
        (typeof(SpeakStarted), "speak_started"),
        (typeof(SpeakEnded), "speak_ended"),
        (typeof(PlaybackStarted), "playback_started"),
        (typeof(PlaybackEnded), "playback_ended"),
        (typeof(CallEnqueued), "call_enqueued"),
        (typeof(CallDequeued), "call_dequeued"),
        (typeof(MachineDetectionEnded), "machine_detection_ended"),
        (typeof(MachineGreetingEnded), "machine_greeting_ended"),
        (typeof(RecordingSaved), "recording_saved"),
        (typeof(RecordingFailed), "recording_failed"),
        (typeof(RecordingTranscribed), "recording_transcribed"),
        (typeof(SpeechTranscribed), "speech_transcribed"),
        (typeof(CallReferred), "call_referred"),
        (typeof(CallHeld), "call_held"),
        (typeof(CallUnheld), "call_unheld"),
        (typeof(CallMediaForked), "call_media_forked"),
        (typeof(AssistantReported), "assistant_reported"),
        (typeof(DeepfakeChecked), "deepfake_checked"),
        (typeof(ConferenceAttended), "conference_attended"),
        (typeof(MessageReceived), "message_received"),
        (typeof(MessageSent), "message_sent"),
        (typeof(MessageDelivered), "message_delivered"),
        (typeof(MessageFinalized), "message_finalized"),
        (typeof(MessageRead), "message_read"),
        (typeof(NumberClaimed), "number_claimed"),
        (typeof(NumberConfirmed), "number_confirmed"),
        (typeof(NumberOrdered), "number_ordered"),
        (typeof(MemberJoined), "member_joined"),
        (typeof(MemberRoleChanged), "member_role_changed"),
        (typeof(MemberRemoved), "member_removed"),
        (typeof(MemberCentreAssigned), "member_centre_assigned"),
        (typeof(ApiKeyCreated), "api_key_created"),
        (typeof(ApiKeyRevoked), "api_key_revoked"),
        (typeof(PortingStatusChanged), "porting_status_changed"),
        (typeof(PortingCommented), "porting_commented"),
        (typeof(PortingSplit), "porting_split"),
        (typeof(PortingMessagingChanged), "porting_messaging_changed"),
        (typeof(PortingDeleted), "porting_deleted"),
        (typeof(PortingReported), "porting_reported"),
        (typeof(DeckVersionPublished), "deck_version_published"),
        (typeof(RangeRerated), "range_rerated"),
        (typeof(NumberMonthStarted), "number_month_started"),
        (typeof(CostCentreAssigned), "cost_centre_assigned"),
        (typeof(CustomerNamed), "customer_named"),
        (typeof(PartyLinked), "party_linked"),
        (typeof(PartyUnlinked), "party_unlinked"),
        (typeof(CustomerCentreAssigned), "customer_centre_assigned"),
        (typeof(StatementProposed), "statement_proposed"),
        (typeof(StatementClosed), "statement_closed"),
        (typeof(StatementRulesSet), "statement_rules_set"),
        (typeof(GoalDefined), "goal_defined"),
        (typeof(GoalRetired), "goal_retired"),
        (typeof(BudgetDefined), "budget_defined"),
        (typeof(BudgetRevised), "budget_revised"),
        (typeof(BudgetRetired), "budget_retired"),
        (typeof(BudgetThresholdCrossed), "budget_threshold_crossed"),
        (typeof(BudgetForecastCrossed), "budget_forecast_crossed"),
        (typeof(ScheduleDefined), "schedule_defined"),
        (typeof(ScheduleRevised), "schedule_revised"),
        (typeof(ScheduleRetired), "schedule_retired"),
        (typeof(RuleAdded), "rule_added"),
        (typeof(RuleRevised), "rule_revised"),
        (typeof(RuleEnabled), "rule_enabled"),
        (typeof(RuleDisabled), "rule_disabled"),
        (typeof(RuleMoved), "rule_moved"),
        (typeof(RuleRemoved), "rule_removed"),
        (typeof(RuleRestored), "rule_restored"),
        (typeof(QueueAdded), "queue_added"),
        (typeof(QueueRevised), "queue_revised"),
        (typeof(QueueRemoved), "queue_removed"),
        (typeof(CallerBlocked), "caller_blocked"),
        (typeof(CallerUnblocked), "caller_unblocked"),
        (typeof(DefaultDestinationSet), "default_destination_set"),
        (typeof(RuleBookRestored), "rule_book_restored"),
        (typeof(MenuDefined), "menu_defined"),
        (typeof(MenuRevised), "menu_revised"),
        (typeof(MenuRetired), "menu_retired"),
        (typeof(MenuRestored), "menu_restored"),
        (typeof(MailboxDefined), "mailbox_defined"),
        (typeof(MailboxRevised), "mailbox_revised"),
        (typeof(MailboxRetired), "mailbox_retired"),
        (typeof(MailboxRestored), "mailbox_restored"),
        (typeof(MailboxPinSet), "mailbox_pin_set"),
        (typeof(MailboxPinCleared), "mailbox_pin_cleared"),
        (typeof(AvailabilitySet), "availability_set"),
        (typeof(TeamTermsSet), "team_terms_set"),
        (typeof(ChangeSetDrafted), "change_set_drafted"),
        (typeof(ChangeSetRevised), "change_set_revised"),
        (typeof(ChangeSetApproved), "change_set_approved"),
        (typeof(ChangeSetScheduled), "change_set_scheduled"),
        (typeof(ChangeSetPublished), "change_set_published"),
        (typeof(ChangeSetLapsed), "change_set_lapsed"),
        (typeof(ChangeSetWithdrawn), "change_set_withdrawn"),
        (typeof(NotificationEndpointAdded), "notification_endpoint_added"),
        (typeof(NotificationEndpointDisabled), "notification_endpoint_disabled"),
        (typeof(NotificationEndpointEnabled), "notification_endpoint_enabled"),
        (typeof(NotificationEndpointRemoved), "notification_endpoint_removed"),
        (typeof(ReconciliationDone), "reconciliation_done"),
        (typeof(InvoiceTiedOut), "invoice_tied_out"),
    ];

    private static readonly Dictionary<Type, string> Names = All.ToDictionary(f => f.Type, f => f.Name);
    private static readonly Dictionary<string, Type> Types = All.ToDictionary(f => f.Name, f => f.Type);

    /// <summary>Names of the facts that a body reads as.</summary>
    public static IReadOnlyList<string> NamesIn(Reading.WebhookReading reading) => reading switch
    {
        Reading.CallReading call => [NameOf(call.Fact.GetType())],
        Reading.MessageReading message => [NameOf(message.Fact.GetType())],
        Reading.NumberOrderReading order => [.. order.Facts.Select(f => NameOf(f.GetType())).Distinct()],
        Reading.PortingReading porting => [NameOf(porting.Fact.GetType())],
        _ => [],
    };

    /// <exception cref="KeyNotFoundException">The type is not in the catalogue: a bug.</exception>
    public static string NameOf(Type fact) => Names[fact];

    /// <exception cref="KeyNotFoundException">No fact is stored under the name: a bug.</exception>
    public static Type TypeOf(string name) => Types[name];
}
