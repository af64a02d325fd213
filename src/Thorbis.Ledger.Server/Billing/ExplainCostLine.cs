using System.ComponentModel;
using System.Security.Claims;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>The whole derivation of a cost line, made anew from its facts.</summary>
/// <param name="Agrees">What was made anew is the line; false would be a fault of the ledger.</param>
/// <param name="Facts">What it rests on, each with the signed webhook it was read from.</param>
/// <param name="Before">What the charge had cost before this line; null where it was new.</param>
/// <param name="After">What it cost since; null where it was taken back.</param>
/// <param name="Deck">The version of the deck, as it stands in it; null for the carrier's.</param>
/// <param name="Rerated">The re-rating that made the line; null for all others.</param>
public sealed record CostExplanation(
    CostLineRow Line, bool Agrees, IReadOnlyList<TimelineEntry> Facts, CostStep? Before, CostStep? After,
    DeckReference? Deck, RangeRerated? Rerated);

/// <summary>What a charge cost at a place in the ledger, and why.</summary>
public sealed record CostStep(
    long Quantity, long BilledQuantity, decimal? UnitPrice, Money Amount, IReadOnlyList<string> Steps, string? Formula,
    string? Remainder);

/// <param name="Row">Null where the version has none for the number.</param>
public sealed record DeckReference(
    string DeckId, int Version, NodaTime.Instant ActiveFrom, Rounding Rounding, RateRow? Row);

public static class ExplainCostLine
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/cost-lines/{id}/why", GetAsync)
        .Allow(Permissions.ReadCosts)
        .WithName("ExplainCostLine")
        .WithSummary("Why a line costs what it costs: facts with evidence, quantities, price, rounding, formula.")
        .WithTags("Costs")
        .Produces<CostExplanation>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> GetAsync(
        [Description("The line's id, as lists show it.")] string id, ClaimsPrincipal user, LedgerDatabase database,
        NumberPlan plan, CompanyZones zones, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        if (await GetCostLines.FindAsync(database, company, id, stop) is not { } line)
        {
            return Problems.NotFound("cost line");
        }
        return Results.Ok(await database.ReadAsync(
            company, connection => ExplainAsync(connection, company, line, plan, zones, stop), stop));
    }

    private static async Task<CostExplanation> ExplainAsync(
        NpgsqlConnection connection, string company, CostLineRow line, NumberPlan plan, CompanyZones zones,
        CancellationToken stop)
    {
        var sequence = CostLineRow.ParseId(line.LineId)!.Value.Sequence;
        var stream = await StreamReading.ReadAsync(connection, company, line.Stream, sequence, stop);
        var centres = await CentreBooks.OfCostsAsync(company, sequence, connection, stop);
        var tariffs = await CompanyTariff.LoadAsync([company], sequence, connection, plan, zones, centres, stop);
        var (before, tariff) = (tariffs[company].Tariff, tariffs[company]);
        var rerated = await Reratings.FindAsync(connection, company, sequence, stop);
        if (rerated is not null)
        {
            await tariff.LearnAsync(sequence, rerated.Fact, connection, stop);
        }
        var replay = rerated is null
            ? CostReplay.Of(stream, before)
            : CostReplay.Of(stream, rerated, before, tariff.Tariff);
        var timeline = await Timeline.ReadAsync(connection, company, line.Stream, stop);
        var facts = stream.Where(e => line.Facts.Contains(e.Id.ToString())).Select(e => e.Sequence).ToHashSet();
        var (then, now) = (replay.Before(line), replay.After(line));
        return new(
            line, Agrees(line, replay.Made(line)), [.. timeline.Where(entry => facts.Contains(entry.Seq))],
            StepOf(then, tariff.Tariff), StepOf(now, tariff.Tariff), DeckOf(now ?? then, tariff.Tariff),
            (RangeRerated?)rerated?.Fact);
    }

    private static bool Agrees(CostLineRow line, CostLine? made) =>
        made is not null && (made.Charge.Price.Amount, made.Charge.Price.Quantity, made.Charge.Price.BilledQuantity)
                == (line.Amount.Amount, line.Quantity, line.BilledQuantity);

    private static CostStep? StepOf(Charge? charge, Tariff tariff)
    {
        if (charge is null)
        {
            return null;
        }
        var (price, derivation) = (charge.Price, CostDerivation.Of(charge, VersionOf(charge, tariff)));
        return new(
            price.Quantity, price.BilledQuantity, price.UnitPrice, new(price.Amount, price.Currency),
            derivation.Steps, derivation.Formula, derivation.Remainder);
    }

    private static DeckReference? DeckOf(Charge? charge, Tariff tariff) =>
        charge is not null && VersionOf(charge, tariff) is { } version
            ? new(version.DeckId, version.Version, version.ActiveFrom, version.Rounding, charge.Price.Row)
            : null;

    private static DeckVersion? VersionOf(Charge charge, Tariff tariff) =>
        charge.Price.DeckVersion is { } number
            ? tariff.Version(charge.Price.DeckId!, number)
            : null;
}
