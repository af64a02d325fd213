using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Rating;

/// <summary>Publishes the next version of a deck, from JSON or from a CSV file. A bad row changes nothing.</summary>
public static class PublishRateDeck
{
    /// <summary>Of a file: <see cref="RateDeckDecider.RowsMax"/> long rows fit.</summary>
    private const int FileBytesMax = 8 * 1024 * 1024;

    /// <param name="ActiveFrom">First instant it prices; now when left out. May lie ahead or in the past.</param>
    /// <param name="Rounding">To 8 decimals, half to even, when left out.</param>
    public sealed record PublishRequest(
        string Currency, IReadOnlyList<RateRow> Rows, string Reason, Instant? ActiveFrom = null,
        Rounding? Rounding = null);

    /// <summary>What a file does not say.</summary>
    public sealed record FileAsk
    {
        [Description("ISO 4217 code of every price.")]
        public string? Currency { get; init; }

        [Description("Why the prices change.")]
        public string? Reason { get; init; }

        [Description("First instant it prices, ISO 8601 with offset; now when left out.")]
        public string? ActiveFrom { get; init; }

        [Description("half_even, half_up, up or down; half_even when left out.")]
        public string? Rounding { get; init; }

        [Description("Decimal places of an amount, 0 to 8; 8 when left out.")]
        public int? Decimals { get; init; }
    }

    public static void Map(RouteGroupBuilder api)
    {
        var versions = api.MapGroup("/rate-decks" + RateDecks.Route).WithTags("Rate decks");
        versions.MapPost("", PostAsync).Allow(Permissions.ManageRates)
            .WithName("PublishRateDeck").WithSummary("Publish the next version of a rate deck.")
            .Produces<DeckVersionView>(201).ProducesProblem(422);
        versions.MapPost("/csv", PostFileAsync).Allow(Permissions.ManageRates)
            .WithName("ImportRateDeckCsv")
            .WithSummary("Publish the next version of a rate deck from CSV; every bad line is named.")
            .Accepts<string>("text/csv")
            .Produces<DeckVersionView>(201).ProducesProblem(413).ProducesProblem(422);
    }

    private static Task<IResult> PostAsync(
        string deckId, PublishRequest request, HttpContext context, FactTransactions transactions, IClock clock,
        CancellationToken stop) => PublishAsync(
        deckId,
        new(
            request.ActiveFrom ?? clock.GetCurrentInstant(), request.Currency, request.Rounding ?? Rounding.Default,
            request.Rows, request.Reason),
        context, transactions, clock, stop);

    private static async Task<IResult> PostFileAsync(
        string deckId, [AsParameters] FileAsk ask, HttpContext context, FactTransactions transactions, IClock clock,
        CancellationToken stop)
    {
        if (context.Request.ContentLength > FileBytesMax)
        {
            return Problems.Of(
                StatusCodes.Status413PayloadTooLarge, "body-too-large", "The file is too large.",
                $"At most {FileBytesMax} bytes are taken.");
        }
        if (!Words.TryParse(ask.Rounding, RoundingMode.HalfEven, out var mode))
        {
            return Problems.Invalid("rounding", $"Expected one of {string.Join(", ", Words.All<RoundingMode>())}.");
        }
        var now = clock.GetCurrentInstant();
        var activeFrom = string.IsNullOrEmpty(ask.ActiveFrom) ? now : AskedTime.Parse(ask.ActiveFrom, DateTimeZone.Utc);
        if (activeFrom is not { } from)
        {
            return Problems.Invalid("activeFrom", AskedTime.Expected);
        }
        var (rows, refused) = await DeckCsv.ReadAsync(context.Request.Body, stop);
        return refused.Count > 0
            ? DeckCsv.Refused(refused)
            : await PublishAsync(
                deckId,
                new(
                    from, ask.Currency ?? "", new(mode, ask.Decimals ?? Rounding.DecimalsMax), rows,
                    ask.Reason ?? ""),
                context, transactions, clock, stop);
    }

    private static async Task<IResult> PublishAsync(
        string deckId, DeckDraft draft, HttpContext context, FactTransactions transactions, IClock clock,
        CancellationToken stop)
    {
        var (actor, now) = (Actor.Of(context.User), clock.GetCurrentInstant());
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var published = await RateDecks.PublishedAsync(change.Connection, actor.Company, deckId, stop);
        var deck = RateDecks.Fold(deckId, published);
        switch (RateDeckDecider.Publish(deck, draft, actor.Id, now))
        {
            case Refused<RateDeckFact> refused:
                return refused.Why.ToProblem();
            case Accepted<RateDeckFact> { Facts: [DeckVersionPublished fact] }:
                await change.AppendAsync(actor.Company, RateDecks.StreamOf(deckId), [fact], stop);
                await change.CommitAsync(stop);
                var views = DeckVersionView.Of(RateDeck.Evolve(deck, fact), [.. published, fact], now);
                return Results.Created($"/api/v1/rate-decks/{deckId}/versions/{fact.Version}", views[^1]);
            case var other:
                throw new InvalidOperationException($"A deck's publication came to {other}.");
        }
    }
}
