using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Menus;

/// <summary>All that was ever decided of a menu: who, when, from when on, why, from where.</summary>
public static class GetMenuVersions
{
    /// <param name="Menu">Whole; left out where it was retired.</param>
    public sealed record MenuVersionView(VersionView Decided, Menu? Menu);

    public static void Map(RouteGroupBuilder api)
    {
        var versions = api.MapGroup("/menus/{menuId}/versions").WithTags("Menus");
        versions.MapGet("", (
                string menuId, [AsParameters] PageAsk ask, HttpContext context, ConfigurationReading reading,
                CancellationToken stop) => ConfigurationVersions.ListAsync(
                reading, context, ask, MenuSetup.StreamOf(menuId), "menu", stop))
            .DeclareVersions(Permissions.ReadMenuVersions, "GetMenuVersions", "a menu");
        versions.MapGet("/{version:int:min(1)}", GetAsync).DeclareVersion<MenuVersionView>(
            Permissions.ReadMenuVersions, "GetMenuVersion", "One version with its menu, in force or not.");
    }

    private static async Task<IResult> GetAsync(
        string menuId, int version, HttpContext context, ConfigurationReading reading, CancellationToken stop)
    {
        var history = await reading.ReadAsync(context.User, stop);
        var changes = history.Of(MenuSetup.StreamOf(menuId));
        return version <= changes.Count
            ? Results.Ok(new MenuVersionView(
                VersionView.Of(changes[version - 1], version), history.Menus[menuId].AtVersion(version)))
            : Problems.NotFound("version");
    }
}
