using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>The whole configuration in force at an instant, as known then or now.</summary>
public static class GetAsOf
{
    /// <summary>What can be asked for.</summary>
    public enum AsOfPart
    {
        Rules,
        Schedules,
        Menus,
        Mailboxes,
        Numbers,
        Members,
    }

    public sealed record AsOfAsk
    {
        [Description("An instant with its offset, from 1800 to 2499.")]
        public string? At { get; init; }

        [Description("As it was known at this instant, with its offset; as known now when left out.")]
        public string? KnownAt { get; init; }

        [Description("As it was known at this place of the ledger. Not beside knownAt.")]
        public long? KnownSeq { get; init; }

        [Description(
            "rules, schedules, menus, mailboxes, numbers, members, parted by commas; all when left out.")]
        public string? Parts { get; init; }
    }

    public static void Map(RouteGroupBuilder api) => api.MapGet("/as-of", GetAsync)
        .Allow(Permissions.ReadConfigurationHistory).Recorded("as-of.read")
        .WithName("GetAsOf")
        .WithSummary("All rules, hours, menus, mailboxes, numbers and members in force at an instant, as known at any.")
        .WithTags("Configuration")
        .Produces<AsOfView>().ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        [AsParameters] AsOfAsk ask, ClaimsPrincipal user, LedgerDatabase database, Configurations configurations,
        CancellationToken stop)
    {
        var (moment, problem) = ConfigurationMoment.Of(ask.At, ask.KnownAt, ask.KnownSeq, "knownAt", "knownSeq");
        if (moment is null)
        {
            return problem!;
        }
        if (PartsOf(ask.Parts) is not { } parts)
        {
            return Problems.Invalid(
                "parts", $"Expected some of {string.Join(", ", Words.All<AsOfPart>())}, parted by commas.");
        }
        var company = Actor.Of(user).Company;
        var (history, past) = await database.ReadAsync(
            company, connection => configurations.ReadAllAsync(connection, company, stop), stop);
        return Results.Ok(View(
            ask, moment, parts, history.Known(moment.KnownAt, moment.Sequence),
            past.Known(moment.KnownAt, moment.Sequence)));
    }

    /// <returns>Null for one that there is not.</returns>
    private static HashSet<AsOfPart>? PartsOf(string? asked)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return [.. Enum.GetValues<AsOfPart>()];
        }
        var parts = new HashSet<AsOfPart>();
        return Array.TrueForAll(
            asked.Split(','), word => word.Length > 0 && Words.TryParse(word, default, out AsOfPart part)
                && (parts.Add(part) || true)) ? parts : null;
    }

    private static AsOfView View(
        AsOfAsk ask, ConfigurationMoment moment, HashSet<AsOfPart> parts, ConfigurationHistory history,
        CompanyHistory past)
    {
        var at = moment.At;
        return new(
            at, moment.KnownAt, ask.KnownSeq,
            parts.Contains(AsOfPart.Rules) ? BookAt(history, at) : null,
            parts.Contains(AsOfPart.Schedules) ? SchedulesAt(history, at) : null,
            parts.Contains(AsOfPart.Menus) ? MenusAt(history, at) : null,
            parts.Contains(AsOfPart.Mailboxes) ? MailboxesAt(history, at) : null,
            parts.Contains(AsOfPart.Numbers) ? past.NumbersAt(at) : null,
            parts.Contains(AsOfPart.Members) ? MembersAt(history, past, at) : null);
    }

    private static BookAsOf BookAt(ConfigurationHistory history, Instant at)
    {
        var book = history.BookAt(at);
        return new(history.Book.Version, book.Rules, book.Queues, book.Blocked, book.Default);
    }

    private static List<ScheduleAsOf> SchedulesAt(ConfigurationHistory history, Instant at) =>
    [
        .. history.Schedules.OrderBy(schedule => schedule.Key, StringComparer.Ordinal)
            .Select(schedule => (Id: schedule.Key, Version: schedule.Value.InForceAt(at)))
            .Where(schedule => schedule.Version is { Retired: false })
            .Select(schedule => new ScheduleAsOf(schedule.Id, schedule.Version!.Version, schedule.Version.Terms)),
    ];

    private static List<MenuAsOf> MenusAt(ConfigurationHistory history, Instant at) =>
    [
        .. history.Menus.OrderBy(menu => menu.Key, StringComparer.Ordinal)
            .Select(menu => (Version: menu.Value.VersionAt(at), Menu: menu.Value.InForce(at)))
            .Where(menu => menu.Menu is not null).Select(menu => new MenuAsOf(menu.Version, menu.Menu!)),
    ];

    private static List<MailboxAsOf> MailboxesAt(ConfigurationHistory history, Instant at) =>
    [
        .. history.Mailboxes.OrderBy(box => box.Key, StringComparer.Ordinal)
            .Select(box => (History: box.Value, Settings: box.Value.InForce(at)))
            .Where(box => box.Settings is not null)
            .Select(box => new MailboxAsOf(
                box.History.VersionInForce(at)!.Value, box.Settings!, box.History.HasPin(at))),
    ];

    private static List<MemberAsOf> MembersAt(ConfigurationHistory history, CompanyHistory past, Instant at) =>
    [
        .. past.MembersAt(at).Select(member =>
        {
            var takes = history.Team.GetValueOrDefault(member.Key)?.InForce(at) ?? TeamMember.New;
            return new MemberAsOf(member.Key, member.Value, takes.Availability, takes.Terms);
        }),
    ];
}
