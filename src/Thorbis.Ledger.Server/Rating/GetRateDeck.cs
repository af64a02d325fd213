using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Rating;

/// <summary>A company's prices, with all they ever were.</summary>
public static class GetRateDeck
{
    /// <param name="Rows">In the order they were published in.</param>
    public sealed record DeckRowsView(DeckVersionView Version, IReadOnlyList<RateRow> Rows);

    /// <param name="Items">The versions of every deck, by deck and number; the deck <c>default</c> comes first.</param>
    public sealed record DeckListView(IReadOnlyList<DeckVersionView> Items);

    public static void Map(RouteGroupBuilder api)
    {
        var decks = api.MapGroup("/rate-decks").WithTags("Rate decks");
        decks.MapGet("", ListAsync).Allow(Permissions.ReadRates)
            .WithName("GetRateDecks").WithSummary("The versions of the company's rate decks, without their rows.")
            .Produces<DeckListView>();
        decks.MapGet(RateDecks.Route + "/{version:int}", GetAsync).Allow(Permissions.ReadRates)
            .WithName("GetRateDeckVersion").WithSummary("One version with its rows.")
            .Produces<DeckRowsView>().ProducesProblem(404);
        decks.MapGet(RateDecks.Route + "/{version:int}/rows.csv", GetCsvAsync).Allow(Permissions.ReadRates)
            .WithName("ExportRateDeckCsv").WithSummary("The rows of one version as CSV; the import takes it back.")
            .Produces(200, contentType: "text/csv").ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, LedgerDatabase database, IClock clock, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var published = await database.ReadAsync(
            company, connection => RateDecks.AllPublishedAsync(connection, company, stop), stop);
        var others = published.Select(fact => fact.DeckId).Where(id => id != DefaultDeck.Id).Distinct();
        string[] ids = [DefaultDeck.Id, .. others];
        return Results.Ok(new DeckListView(
            [.. ids.SelectMany(id => Versions(id, published.FindAll(fact => fact.DeckId == id), clock))]));
    }

    private static async Task<IResult> GetAsync(
        string deckId, int version, ClaimsPrincipal user, LedgerDatabase database, IClock clock,
        CancellationToken stop) =>
        await FindAsync(deckId, version, user, database, clock, stop) is { } found
            ? Results.Ok(found)
            : Problems.NotFound("version");

    private static async Task<IResult> GetCsvAsync(
        string deckId, int version, HttpContext context, LedgerDatabase database, IClock clock,
        CancellationToken stop)
    {
        if (await FindAsync(deckId, version, context.User, database, clock, stop) is not { } found)
        {
            return Problems.NotFound("version");
        }
        context.Response.ContentType = "text/csv; charset=utf-8; header=present";
        context.Response.Headers.ContentDisposition = $"attachment; filename=rate-deck-{deckId}-v{version}.csv";
        using var sheet = new CsvSheet(context.Response.BodyWriter, DateTimeZone.Utc, raw: false);
        await DeckCsv.WriteAsync(sheet, found.Rows, stop);
        return Results.Empty;
    }

    private static async Task<DeckRowsView?> FindAsync(
        string deckId, int version, ClaimsPrincipal user, LedgerDatabase database, IClock clock,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var published = await database.ReadAsync(
            company, connection => RateDecks.PublishedAsync(connection, company, deckId, stop), stop);
        if (deckId != DefaultDeck.Id && published.Count == 0)
        {
            return null;
        }
        var view = Versions(deckId, published, clock).FirstOrDefault(known => known.Version == version);
        return view is null ? null : new(view, RateDecks.Fold(deckId, published).Versions[version].Rows);
    }

    private static IReadOnlyList<DeckVersionView> Versions(
        string deckId, List<DeckVersionPublished> published, IClock clock) =>
        DeckVersionView.Of(RateDecks.Fold(deckId, published), published, clock.GetCurrentInstant());
}
