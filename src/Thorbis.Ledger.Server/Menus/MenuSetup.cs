using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Menus;

/// <summary>Wires the operations of menus.</summary>
public static class MenuSetup
{
    internal static string StreamOf(string menuId) => $"menu/{menuId}";

    public static void MapMenus(this RouteGroupBuilder api)
    {
        GetMenus.Map(api);
        GetMenuVersions.Map(api);
        GetMenuCoverage.Map(api);
        GetMenuWalks.Map(api);
        TestMenu.Map(api);
        ChangeMenu.Map(api);
    }

    /// <summary>Answers from the menu that was in force; 404, 409 or 422 where that cannot be.</summary>
    internal static Task<IResult> AnswerAsync(
        string menuId, ConfigurationAsk ask, ClaimsPrincipal user, ConfigurationReading reading,
        Func<ConfigurationHistory, Menu, Instant, Task<IResult>> answer, CancellationToken stop) =>
        reading.AnswerAsync(
            user, ask,
            (history, at) => !history.Menus.TryGetValue(menuId, out var menu)
                    ? Task.FromResult(Problems.NotFound("menu"))
                : menu.InForce(at) is { } terms ? answer(history, terms, at)
                : Task.FromResult(Problems.Of(
                    StatusCodes.Status409Conflict, "not-in-force", "The menu is not in force then.",
                    menu.BeginAfter(at) is { } begins ? $"It is from {begins} on." : "It is retired.")),
            stop);

    /// <summary>Destinations in words, by the names of what was in force.</summary>
    internal static async Task<DestinationWords> WordsAsync(
        ConfigurationHistory history, Instant at, ClaimsPrincipal user, Memberships memberships,
        CancellationToken stop)
    {
        var members = await memberships.MembersAsync(Actor.Of(user).Company, stop);
        var names = members.ToDictionary(member => member.UserId, member => member.Email);
        var (queues, menus, boxes) = (history.Book.InForce(at), history.MenusAt(at), history.MailboxesAt(at));
        return new(new NameBook((kind, id) => kind switch
        {
            ReferenceKind.Member => names.GetValueOrDefault(id),
            ReferenceKind.Queue => queues.Queue(id)?.Name,
            ReferenceKind.Menu => menus.GetValueOrDefault(id)?.Name,
            ReferenceKind.Mailbox => boxes.GetValueOrDefault(id)?.Name,
            _ => null,
        }));
    }
}
