using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Menus;

/// <summary>How often each path of a menu was really walked.</summary>
public static class GetMenuWalks
{
    private const int PathsShown = 200;
    private static readonly Duration Longest = Duration.FromDays(400);

    // Most states have no keys in them, and need not be read.
    private const string Sql = """
        select usage_at, number, party, case when position('"menuKeys"' in state) > 0 then state end
        from ledger.call
        where tenant_id = $1 and direction = 'incoming' and usage_at >= $2 and usage_at < $3
        order by usage_at, call_id
        """;

    /// <param name="Keys">That callers pressed in the menu; <c>?</c> for one that is not known.</param>
    /// <param name="End"><c>waiting</c>: nothing more was pressed.</param>
    public sealed record WalkView(string Keys, MenuEndView End, long Calls);

    /// <summary>What is not in the list.</summary>
    public sealed record MoreWalksView(long Paths, long Calls);

    /// <param name="Because">By what decides on it and is not known; one call may have several.</param>
    public sealed record UntoldView(long Calls, IReadOnlyDictionary<string, long> Because);

    /// <param name="Calls">Incoming ones that came to the menu.</param>
    /// <param name="Walks">The 200 paths walked most often.</param>
    /// <param name="CannotTell">Calls of which it cannot be told whether they came to it.</param>
    public sealed record WalksView(
        string MenuId, Instant From, Instant To, long Calls, IReadOnlyList<WalkView> Walks, MoreWalksView More,
        UntoldView CannotTell);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/menus/{menuId}/walks", GetAsync)
        .Allow(Permissions.ReadMenus)
        .WithName("GetMenuWalks")
        .WithSummary("How often each path of a menu was walked by the incoming calls of a range.")
        .WithDescription("A call counts by what was in force when it began. Keys are gathers that ended with one.")
        .WithTags("Menus")
        .Produces<WalksView>().ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        string menuId,
        [Description("Start, inclusive: a time with its offset, or a date in the company's zone.")] string? from,
        [Description("End, exclusive: likewise; at most 400 days later.")] string? to,
        ClaimsPrincipal user, LedgerDatabase database, Configurations configurations, CompanyZones zones,
        Memberships memberships, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var zone = await zones.OfAsync(company, stop);
        var (begin, end) = (AskedTime.Parse(from ?? "", zone), AskedTime.Parse(to ?? "", zone));
        if (begin is not { } start || end is not { } until)
        {
            return Problems.Invalid(begin is null ? "from" : "to", AskedTime.Expected);
        }
        if (until <= start || until - start > Longest)
        {
            return Problems.Invalid("to", "A range ends after its start, and has at most 400 days.");
        }
        var (history, traffic) = await database.ReadAsync(
            company, connection => ReadAsync(
                connection, configurations, company, menuId, start, until, stop), stop);
        return history.Menus.ContainsKey(menuId)
            ? Results.Ok(View(
                menuId, start, until, traffic,
                await MenuSetup.WordsAsync(history, until, user, memberships, stop)))
            : Problems.NotFound("menu");
    }

    private static async Task<(ConfigurationHistory History, MenuTraffic Traffic)> ReadAsync(
        NpgsqlConnection connection, Configurations configurations, string company, string menuId, Instant from,
        Instant to, CancellationToken stop)
    {
        var history = await configurations.ReadAsync(connection, company, stop);
        var traffic = new MenuTraffic(history, menuId, from, to, DateTimeZoneProviders.Tzdb);
        if (history.Menus.ContainsKey(menuId))
        {
            await using var command = connection.Command(Sql, company, from, to);
            await using var rows = await command.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop))
            {
                Add(traffic, rows);
            }
        }
        return (history, traffic);
    }

    private static void Add(MenuTraffic traffic, NpgsqlDataReader row)
    {
        var keys = row.IsDBNull(3) ? [] : row.State<Call>(3).PressedInMenus();
        traffic.Add(new(row.Text(1) ?? "", row.Text(2), CallDirection.Incoming, row.GetFieldValue<Instant>(0))
        {
            Pressed =
            [
                .. keys.Select(key => key.Digit is [var digit] ? MenuInput.Press(digit) : MenuInput.Masked),
            ],
        });
    }

    private static WalksView View(
        string menuId, Instant from, Instant to, MenuTraffic traffic, DestinationWords words)
    {
        var (paths, morePaths, moreCalls) = traffic.Most(PathsShown);
        return new(
            menuId, from, to, traffic.Calls,
            [.. paths.Select(path => new WalkView(path.Keys, MenuEndView.Of(path.End, words), path.Calls))],
            new(morePaths, moreCalls),
            new(traffic.CannotTell, traffic.Because.ToDictionary(
                reason => JsonNamingPolicy.CamelCase.ConvertName(reason.Key), reason => reason.Value)));
    }
}
