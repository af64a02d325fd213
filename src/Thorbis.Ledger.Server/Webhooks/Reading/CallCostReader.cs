using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Reads call.cost: amounts as written; the currency stands on the parts only.</summary>
internal static class CallCostReader
{
    public static CallFact Cost(string leg, Instant at, JsonElement p)
    {
        var parts = p.Items("cost_parts").Select(Part).ToList();
        var currency = parts.Select(part => part.Cost.Currency).FirstOrDefault(c => c.Length > 0) ?? "";
        var status = p.Text("status") ?? "success";
        var total = p.Decimal("total_cost") is { } amount ? new Money(amount, currency) : null;
        return new CallCostReported(leg, at, status, total, p.Whole("billed_duration_secs"), parts);
    }

    private static CallCostPart Part(JsonElement part) => new(
        part.Text("call_part") ?? part.Text("type") ?? "",
        new Money(part.Decimal("cost") ?? 0, (part.Text("currency") ?? "").ToUpperInvariant()),
        part.Decimal("rate"), part.Whole("billed_duration_secs"));
}
