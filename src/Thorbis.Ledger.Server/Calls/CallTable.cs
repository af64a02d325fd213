using System.Text.Json;
using Marten;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Analytics;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>Writes <c>ledger.call</c>.</summary>
internal sealed class CallTable() : ViewTable<Call, CallFact>("call/", "ledger.call", "call_id")
{
    private static readonly UnnestUpsert<Row> Upsert = new UnnestUpsert<Row>(
            "ledger.call", ["tenant_id", "call_id"], "{0} = excluded.{0}")
        .Column("tenant_id", "text", r => r.Company)
        .Column("call_id", "text", r => r.View.CallId)
        .Column("direction", "text", r => Word(r.View.Direction?.ToString()))
        .Column("number", "text", r => r.View.Number)
        .Column("party", "text", r => r.View.Party)
        .Column("internal", "boolean", r => r.View.Internal)
        .Column("usage_at", "timestamptz", r => r.View.UsageAt.ToDateTimeOffset())
        .Column("answered_at", "timestamptz", r => r.View.AnsweredAt?.ToDateTimeOffset())
        .Column("ended_at", "timestamptz", r => r.View.EndedAt?.ToDateTimeOffset())
        .Column("last_fact_at", "timestamptz", r => r.View.LastFactAt.ToDateTimeOffset())
        .Column("outcome", "text", r => Word(r.View.Outcome?.ToString()))
        .Column("talk_microseconds", "bigint", r => r.View.TalkMicroseconds)
        .Column("ring_microseconds", "bigint", r => r.View.RingMicroseconds)
        .Column("billable_seconds", "bigint", r => r.View.BillableSeconds)
        .Column("carrier_cost", "numeric", r => r.View.CarrierCost?.Amount)
        .Column("carrier_currency", "text", r => r.View.CarrierCost?.Currency)
        .Column("carrier_billed_seconds", "bigint", r => r.View.CarrierBilledSeconds)
        .Column("billed_unanswered", "boolean", r => r.View.BilledUnanswered)
        .Column("hangup_cause", "text", r => r.View.HangupCause)
        .Column("hangup_source", "text", r => r.View.HangupSource)
        .Column("legs", "int", r => r.View.Legs)
        .Column("recordings", "int", r => r.View.Recordings)
        .Column("wait_microseconds", "bigint", r => r.View.WaitMicroseconds)
        .Column("queue_seconds", "bigint", r => r.View.QueueSeconds)
        .Column("menu_keys", "text", r => r.View.MenuKeys)
        .Column("origin", "text", r => PartyOrigin.Of(r.View.Party))
        .Column("leg_bills", "text", r => r.LegBills)
        .Column("state", "text", r => r.State)
        .Column("first_seq", "bigint", r => r.FirstSeq)
        .Column("cost_centre", "text", r => r.CostCentre);

    protected override Call Evolve(Call? state, CallFact fact) => Call.Evolve(state, fact);

    protected override Contribution? ContributionOf(string id, Call state) => Contribution.Of(state.ToView(id));

    protected override void QueueUpsert(IDocumentOperations operations, IReadOnlyList<Folded<Call>> rows)
    {
        var written = rows.Select(r => new Row(
            r.Company, r.State.ToView(r.Id), LegBills.Of(r.State),
            JsonSerializer.Serialize(r.State, LedgerJson.Options), r.FirstSeq, r.CostCentre)).ToList();
        operations.QueueSqlCommand(Upsert.Sql, Upsert.Parameters(written));
    }

    private static string? Word(string? name) =>
        name is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private sealed record Row(
        string Company, CallView View, string? LegBills, string State, long FirstSeq, string? CostCentre);
}
