using System.Text.Json;
using Marten;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Messages;

/// <summary>Writes <c>ledger.message</c>.</summary>
internal sealed class MessageTable() : ViewTable<Message, MessageFact>("message/", "ledger.message", "message_id")
{
    private static readonly UnnestUpsert<Row> Upsert = new UnnestUpsert<Row>(
            "ledger.message", ["tenant_id", "message_id"], "{0} = excluded.{0}")
        .Column("tenant_id", "text", r => r.Company)
        .Column("message_id", "text", r => r.View.MessageId)
        .Column("direction", "text", r => r.View.Direction == MessageDirection.Incoming ? "incoming" : "outgoing")
        .Column("type", "text", r => r.View.Type)
        .Column("numbers", "text", r => string.Join(',', r.View.Numbers))
        .Column("recipients", "text", r => string.Join(',', r.View.Recipients.Select(to => to.Number)))
        .Column("number", "text", r => r.View.Numbers.Count > 0 ? r.View.Numbers[0] : null)
        .Column("party", "text", r => r.View.Party)
        .Column("usage_at", "timestamptz", r => r.View.UsageAt.ToDateTimeOffset())
        .Column("sent_at", "timestamptz", r => r.View.SentAt?.ToDateTimeOffset())
        .Column("completed_at", "timestamptz", r => r.View.CompletedAt?.ToDateTimeOffset())
        .Column("last_fact_at", "timestamptz", r => r.View.LastFactAt.ToDateTimeOffset())
        .Column("status", "text", r => r.View.Status)
        .Column("parts", "int", r => r.View.Parts)
        .Column("billable_parts", "bigint", r => r.View.BillableParts)
        .Column("billable_media", "bigint", r => r.View.BillableMedia)
        .Column("carrier_cost", "numeric", r => r.View.CarrierCost?.Amount)
        .Column("carrier_currency", "text", r => r.View.CarrierCost?.Currency)
        .Column("state", "text", r => r.State)
        .Column("first_seq", "bigint", r => r.FirstSeq)
        .Column("cost_centre", "text", r => r.CostCentre);

    protected override Message Evolve(Message? state, MessageFact fact) => Message.Evolve(state, fact);

    protected override Contribution? ContributionOf(string id, Message state) => Contribution.Of(state.ToView(id));

    protected override void QueueUpsert(IDocumentOperations operations, IReadOnlyList<Folded<Message>> rows)
    {
        var written = rows.Select(r => new Row(
            r.Company, r.State.ToView(r.Id), JsonSerializer.Serialize(r.State, LedgerJson.Options), r.FirstSeq,
            r.CostCentre)).ToList();
        operations.QueueSqlCommand(Upsert.Sql, Upsert.Parameters(written));
    }

    private sealed record Row(string Company, MessageView View, string State, long FirstSeq, string? CostCentre);
}
