using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Trail;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>What was another way at one instant than at another, thing by thing and field by field, in words.</summary>
public static class GetDiff
{
    public sealed record DiffAsk
    {
        [Description("An instant with its offset, from 1800 to 2499: how it was before.")]
        public string? From { get; init; }

        [Description("An instant with its offset: how it was after. It may be the earlier one.")]
        public string? To { get; init; }

        [Description("Both as known at this instant, with its offset; as known now when left out.")]
        public string? KnownAt { get; init; }
    }

    /// <param name="Things">Only those that differ; rules, queues and blocked callers are of the rule book.</param>
    public sealed record DiffView(Instant From, Instant To, Instant? KnownAt, IReadOnlyList<DiffThing> Things);

    /// <param name="Kind">rulebook, schedule, menu, mailbox, member or number.</param>
    /// <param name="Id">Empty for the rule book.</param>
    public sealed record DiffThing(string Kind, string Id, string Name, IReadOnlyList<FieldChange> Changes);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/diff", GetAsync)
        .Allow(Permissions.ReadConfigurationHistory)
        .Recorded("diff.read", (DiffView view) => view.Things.Count)
        .WithName("GetDiff")
        .WithSummary("The difference between what was in force at two instants, in words.")
        .WithTags("Configuration")
        .Produces<DiffView>().ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        [AsParameters] DiffAsk ask, ClaimsPrincipal user, LedgerDatabase database, Configurations configurations,
        Memberships memberships, CancellationToken stop)
    {
        var (before, problem) = ConfigurationMoment.Of(ask.From, ask.KnownAt, null, "knownAt", "", atField: "from");
        var (after, other) = ConfigurationMoment.Of(ask.To, ask.KnownAt, null, "knownAt", "", atField: "to");
        if (before is null || after is null)
        {
            return (problem ?? other)!;
        }
        var company = Actor.Of(user).Company;
        var (all, everybody) = await database.ReadAsync(
            company, connection => configurations.ReadAllAsync(connection, company, stop), stop);
        var (history, past) = (all.Known(before.KnownAt), everybody.Known(before.KnownAt, long.MaxValue));
        var members = (await memberships.MembersAsync(company, stop)).ToDictionary(m => m.UserId, m => m.Email);
        var latest = new LatestNames(history);
        var names = new NameBook((kind, id) =>
            kind == ReferenceKind.Member ? members.GetValueOrDefault(id) : latest.Find(kind, id));
        return Results.Ok(new DiffView(
            before.At, after.At, before.KnownAt,
            [.. Things(history, past, before.At, after.At, names).Where(thing => thing.Changes.Count > 0)]));
    }

    private static IEnumerable<DiffThing> Things(
        ConfigurationHistory history, CompanyHistory past, Instant from, Instant to, NameBook names)
    {
        return
        [
            new("rulebook", "", "rule book", Differences.Of(history.BookAt(from), history.BookAt(to), names)),
            .. Pairs<Schedule>("schedule", ReferenceKind.Schedule, history.SchedulesAt, Differences.Of),
            .. Pairs<Menu>("menu", ReferenceKind.Menu, history.MenusAt, Differences.Of),
            .. Pairs<Mailbox>("mailbox", ReferenceKind.Mailbox, history.MailboxesAt, Differences.Of),
            .. Pairs<MemberThen>("member", ReferenceKind.Member, at => MembersAt(history, past, at), OfMember),
            .. Pairs<HeldNumber>("number", ReferenceKind.Number, at => NumbersAt(past, at), OfNumber),
        ];

        // Things of one kind that were there at either instant, by id.
        IEnumerable<DiffThing> Pairs<T>(
            string word, ReferenceKind kind, Func<Instant, Dictionary<string, T>> thingsAt,
            Func<T?, T?, NameBook, IReadOnlyList<FieldChange>> differences)
            where T : class
        {
            var (before, after) = (thingsAt(from), thingsAt(to));
            return before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(id => new DiffThing(
                word, id, names.Of(kind, id),
                differences(before.GetValueOrDefault(id), after.GetValueOrDefault(id), names)));
        }
    }

    private sealed record MemberThen(Role Role, TeamMember Takes);

    private static Dictionary<string, MemberThen> MembersAt(
        ConfigurationHistory history, CompanyHistory past, Instant at) => past.MembersAt(at).ToDictionary(
        member => member.Key,
        member => new MemberThen(
            member.Value, history.Team.GetValueOrDefault(member.Key)?.InForce(at) ?? TeamMember.New));

    /// <summary>Of several claims of one number the confirmed one.</summary>
    private static Dictionary<string, HeldNumber> NumbersAt(CompanyHistory past, Instant at) => past.NumbersAt(at)
        .GroupBy(held => held.Number)
        .ToDictionary(held => held.Key, held => held.OrderBy(claim => claim.ConfirmedAt is null).First());

    private static IReadOnlyList<FieldChange> OfMember(MemberThen? before, MemberThen? after, NameBook names) =>
    [
        .. Told("role", "role", before?.Role.ToString(), after?.Role.ToString()),
        .. before is null || after is null ? [] : Differences.Of(before.Takes, after.Takes, names),
    ];

    private static IReadOnlyList<FieldChange> OfNumber(HeldNumber? before, HeldNumber? after, NameBook names) =>
        [.. Told("held", "number", Word(before), Word(after))];

    private static string? Word(HeldNumber? held) =>
        held is null ? null : held.ConfirmedAt is null ? "claimed" : "held";

    private static IEnumerable<FieldChange> Told(string field, string what, string? before, string? after)
    {
        var (was, now) = (before?.ToLowerInvariant(), after?.ToLowerInvariant());
        return was == now ? []
            : [new(field, was, now, $"{what} {was ?? "none"} → {now ?? "none"}")];
    }
}
