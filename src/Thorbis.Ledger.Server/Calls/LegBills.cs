using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>
/// What is billed of a call's legs, and between whom: a part of the call's state, in the same form, so that who reads
/// it can read the state instead.
/// </summary>
internal sealed record LegBills(IReadOnlyList<LegBills.Leg> Legs)
{
    public sealed record Leg(string LegId, Start? Start, Cost? Cost);

    public sealed record Start(Instant At, CallDirection Direction, string From, string To);

    public sealed record Cost(Money? Total, int? BilledSeconds);

    /// <summary>JSON; null for a call of one leg, whose row tells it all.</summary>
    public static string? Of(Call call) => call.Legs.Count < 2 ? null : JsonSerializer.Serialize(
        new LegBills([.. call.Legs.Select(leg => new Leg(
            leg.LegId,
            leg.Start is { } start ? new(start.At, start.Direction, start.From, start.To) : null,
            leg.Cost is { } cost ? new(cost.Total, cost.BilledSeconds) : null))]),
        LedgerJson.Options);
}
