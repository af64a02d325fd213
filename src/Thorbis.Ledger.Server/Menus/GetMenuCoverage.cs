using System.Globalization;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Menus;

/// <summary>Where a menu can be left, and how to get there.</summary>
public static class GetMenuCoverage
{
    /// <param name="Node">Where it is left.</param>
    /// <param name="Key">That does it; left out for keeping silent.</param>
    /// <param name="Words">The destination in words.</param>
    /// <param name="Script">A shortest that leads there, as <c>POST /menus/{menuId}/test</c> takes it.</param>
    public sealed record ExitView(string Node, string? Key, Destination To, string Words, string Script);

    /// <param name="Items">By length of their scripts.</param>
    /// <param name="Next">Asks for the exits that follow; left out on the last page.</param>
    /// <param name="Unreachable">Ids of nodes that no keys lead to.</param>
    public sealed record CoverageView(
        string MenuId, Instant At, IReadOnlyList<ExitView> Items, string? Next, IReadOnlyList<string> Unreachable);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/menus/{menuId}/coverage", GetAsync)
        .Allow(Permissions.ReadMenus)
        .WithName("GetMenuCoverage")
        .WithSummary("A shortest script to every end of a menu, and the nodes that nothing leads to.")
        .WithTags("Menus")
        .Produces<CoverageView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        string menuId, [AsParameters] ConfigurationAsk ask, [AsParameters] PageAsk page, ClaimsPrincipal user,
        ConfigurationReading reading, Memberships memberships, CancellationToken stop)
    {
        if (PageRequest.Refuse(page.Cursor, page.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var seen = 0;
        if (after.Length > 0 && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out seen))
        {
            return Problems.Invalid("cursor", "This is not a cursor of this list.");
        }
        return await MenuSetup.AnswerAsync(menuId, ask, user, reading, async (history, menu, at) =>
        {
            var words = await MenuSetup.WordsAsync(history, at, user, memberships, stop);
            var coverage = MenuCoverage.Of(menu);
            var exits = coverage.Exits.Skip(seen).Take(size).Select(exit => new ExitView(
                exit.Node, exit.Key, exit.To, words.Of(exit.To), string.Join(' ', exit.Path)));
            return Results.Ok(new CoverageView(
                menuId, at, [.. exits], seen + size < coverage.Exits.Count ? Cursor.Encode($"{seen + size}") : null,
                coverage.Unreachable));
        }, stop);
    }
}
