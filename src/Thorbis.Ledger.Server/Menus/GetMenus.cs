using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Menus;

/// <summary>A company's voice menus, and what was in force of each at any time.</summary>
public static class GetMenus
{
    public static void Map(RouteGroupBuilder api)
    {
        var menus = api.MapGroup("/menus").WithTags("Menus");
        menus.MapGet("", ListAsync).Allow(Permissions.ReadMenus)
            .WithName("GetMenus").WithSummary("The company's menus that have not ended, by id.")
            .Produces<Page<MenuListItem>>().ProducesProblem(422);
        menus.MapGet("/{menuId}", GetAsync).Allow(Permissions.ReadMenus)
            .WithName("GetMenu")
            .WithSummary("What is in force of a menu at an instant, as known at any; its ETag is for If-Match.")
            .Produces<MenuView>().ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageAsk ask, ClaimsPrincipal user, ConfigurationReading reading, IClock clock,
        CancellationToken stop)
    {
        if (PageRequest.Refuse(ask.Cursor, ask.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var now = clock.GetCurrentInstant();
        var rows = (await reading.ReadAsync(user, stop)).Menus
            .Where(menu => string.CompareOrdinal(menu.Key, after) > 0 && !menu.Value.EndedBy(now))
            .OrderBy(menu => menu.Key, StringComparer.Ordinal).Take(size + 1);
        return Results.Ok(Page.Of(
            rows.Select(menu => MenuListItem.Of(menu.Key, menu.Value, now)).ToList(), size, item => [item.MenuId]));
    }

    private static Task<IResult> GetAsync(
        string menuId, [AsParameters] ConfigurationAsk ask, HttpContext context, ConfigurationReading reading,
        CancellationToken stop) => reading.AnswerAsync(
        context.User, ask, (history, at) =>
        {
            if (!history.Menus.TryGetValue(menuId, out var menu))
            {
                return Problems.NotFound("menu");
            }
            VersionTag.Write(context.Response, menu.Version);
            return Results.Ok(MenuView.Of(menuId, menu, at));
        }, stop);
}
