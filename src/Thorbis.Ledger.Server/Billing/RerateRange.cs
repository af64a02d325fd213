using System.Globalization;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Rating;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Prices a range that has passed anew: a preview first, then adjustment lines.</summary>
/// <remarks>The carrier's lines, cost centres and closed statements stay as they are.</remarks>
public static class RerateRange
{
    /// <param name="From">First usage instant: a time with offset, or a date in the company's zone.</param>
    /// <param name="To">Usage instant that is out of it again: likewise.</param>
    /// <param name="Deck">The deck to price it by; the one that prices all when left out.</param>
    /// <param name="Version">Of that deck; the one in force at each instant when left out.</param>
    /// <param name="Reason">Needed to carry it out.</param>
    /// <param name="Expected">The difference that the preview told; only to carry it out.</param>
    public sealed record RerateRequest(
        string From, string To, string? Deck = null, int? Version = null, string? Reason = null,
        IReadOnlyList<Money>? Expected = null);

    /// <param name="Seq">Its place in the ledger: its lines are <c>{seq}-1</c> and on.</param>
    /// <param name="Lines">How many lines it made; they come within moments.</param>
    /// <param name="Difference">Their sum by currency.</param>
    public sealed record ReratingView(
        long Seq, Instant At, Instant From, Instant To, string Deck, int? Version, string By, string Reason,
        long Lines, IReadOnlyList<Money> Difference);

    private const string SumsSql = """
        select seq, currency, count(*), sum(amount) from ledger.cost_line
        where tenant_id = $1 and seq = any ($2) group by seq, currency order by currency
        """;

    public static void Map(RouteGroupBuilder api)
    {
        var reratings = api.MapGroup("/re-ratings").WithTags("Costs");
        reratings.MapPost("/preview", PreviewAsync).Allow(Permissions.ManageRates)
            .WithName("PreviewRerating")
            .WithSummary("What pricing a past range anew would change; nothing is recorded.")
            .Produces<RerateView>().ProducesProblem(422);
        reratings.MapPost("", PostAsync).Allow(Permissions.ManageRates)
            .WithName("RerateRange")
            .WithSummary("Price a past range anew, as previewed; what changes comes as adjustment lines.")
            .Produces<RerateView>(200).Produces<RerateView>(202).ProducesProblem(409).ProducesProblem(422);
        reratings.MapGet("", GetAsync).Allow(Permissions.ReadCosts)
            .WithName("GetReratings")
            .WithSummary("Ranges that were priced anew, the last first, and what that changed.")
            .Produces<IReadOnlyList<ReratingView>>();
    }

    private static async Task<IResult> PreviewAsync(
        RerateRequest request, HttpContext context, LedgerDatabase database, NumberPlan plan, CompanyZones zones,
        IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        return await database.ReadAsync(
            actor.Company,
            async connection =>
            {
                var (preview, _, problem) = await LookAsync(
                    request with { Reason = request.Reason ?? "preview" }, actor, connection, plan, zones,
                    clock.GetCurrentInstant(), stop);
                return problem ?? Results.Ok(preview);
            },
            stop);
    }

    private static async Task<IResult> PostAsync(
        RerateRequest request, HttpContext context, FactTransactions transactions, NumberPlan plan,
        CompanyZones zones, IClock clock, CancellationToken stop)
    {
        if (request.Expected is not { } expected)
        {
            return Problems.Invalid("expected", "Preview it first, and put the difference that it tells here.");
        }
        var actor = Actor.Of(context.User);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var (preview, fact, problem) = await LookAsync(
            request, actor, change.Connection, plan, zones, clock.GetCurrentInstant(), stop);
        if (problem is not null)
        {
            return problem;
        }
        var difference = preview!.Difference;
        if (!difference.ToHashSet().SetEquals(expected.Where(money => money.Amount != 0)))
        {
            return Problems.Of(
                StatusCodes.Status409Conflict, "difference-moved", "The difference is not the one expected.",
                $"It is {(difference.Count == 0 ? "none" : string.Join(", ", difference.Select(Text)))} by now.");
        }
        if (preview.Lines == 0)
        {
            return Results.Ok(preview);
        }
        await change.AppendAsync(actor.Company, RateDecks.StreamOf(DefaultDeck.Id), [fact!], stop);
        await change.CommitAsync(stop);
        return Results.Json(preview, statusCode: StatusCodes.Status202Accepted);
    }

    private static string Text(Money money) =>
        string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}");

    private static async Task<(RerateView? Preview, RangeRerated? Fact, IResult? Problem)> LookAsync(
        RerateRequest request, Actor actor, NpgsqlConnection connection, NumberPlan plan, CompanyZones zones,
        Instant now, CancellationToken stop)
    {
        var zone = await zones.OfAsync(actor.Company, stop);
        if (AskedTime.Parse(request.From ?? "", zone) is not { } from)
        {
            return (null, null, Problems.Invalid("from", AskedTime.Expected));
        }
        if (AskedTime.Parse(request.To ?? "", zone) is not { } to)
        {
            return (null, null, Problems.Invalid("to", AskedTime.Expected));
        }
        var deckId = string.IsNullOrEmpty(request.Deck) ? DefaultDeck.Id : request.Deck;
        var published = await RateDecks.PublishedAsync(connection, actor.Company, deckId, stop);
        if (published.Count == 0 && deckId != DefaultDeck.Id)
        {
            return (null, null, Problems.Invalid("deck", "There is no such deck."));
        }
        var under = RateDecks.Fold(deckId, published);
        var decision = RateDeckDecider.Rerate(
            new(from, to, under, request.Version, request.Reason ?? ""), actor.Id, now);
        if (decision is not Accepted<RateDeckFact> { Facts: [RangeRerated fact] })
        {
            return (null, null, ((Refused<RateDeckFact>)decision).Why.ToProblem());
        }
        var centres = await CentreBooks.OfCostsAsync(actor.Company, long.MaxValue, connection, stop);
        var tariffs = await CompanyTariff.LoadAsync(
            [actor.Company], long.MaxValue, connection, plan, zones, centres, stop);
        return await ReratePreview.OfAsync(actor.Company, fact, under, tariffs[actor.Company], connection, stop)
            is { } preview
            ? (preview, fact, null)
            : (null, null, Problems.Invalid(
                "to", $"More than {ReratePreview.AccountsMax} calls and messages at once: take a shorter range."));
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(context.User).Company;
        return Results.Ok(await database.ReadAsync(
            company,
            async connection =>
            {
                var told = await Reratings.AllAsync(connection, company, stop);
                await using var command = connection.Command(
                    SumsSql, company, told.Select(rerated => rerated.Sequence).ToArray());
                var sums = await command.ListAsync(
                    row => (Seq: row.GetInt64(0), Lines: row.GetInt64(2), Sum: new Money(row.GetDecimal(3),
                        row.GetString(1))), stop);
                return told.Select(rerated => View(rerated, sums.FindAll(sum => sum.Seq == rerated.Sequence))).ToList();
            },
            stop));
    }

    private static ReratingView View(
        Domain.Billing.Placed rerated, List<(long Seq, long Lines, Money Sum)> sums)
    {
        var fact = (RangeRerated)rerated.Fact;
        return new(
            rerated.Sequence, fact.OccurredAt, fact.From, fact.To, fact.UnderDeckId, fact.Version, fact.By,
            fact.Reason, sums.Sum(sum => sum.Lines), [.. sums.Select(sum => sum.Sum)]);
    }
}
