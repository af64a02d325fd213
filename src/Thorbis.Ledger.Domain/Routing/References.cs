using Thorbis.Ledger.Domain.Mailboxes;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What things name, each with its field.</summary>
public static class References
{
    public static IEnumerable<Reference> Of(RuleBook book) =>
    [
        .. book.Rules.SelectMany((rule, i) => Of(rule, $"rules[{i}].")),
        .. book.Queues.SelectMany((queue, i) => Of(queue, $"queues[{i}].")),
        .. Of(book.Default, "default", "the rule book's default destination"),
    ];

    /// <param name="prefix">What fields begin with: empty, or a path that ends in a dot.</param>
    public static IEnumerable<Reference> Of(Rule rule, string prefix = "")
    {
        var by = $"rule '{rule.Name}'";
        return
        [
            .. rule.When.SelectMany((condition, i) => Of(condition, $"{prefix}when[{i}]", by)),
            .. Of(rule.Then, $"{prefix}then", by),
            .. Of(rule.Fallback, $"{prefix}fallback", by),
            .. Of(ReferenceKind.Member, rule.Notice?.Members ?? [], $"{prefix}notice.members", by),
        ];
    }

    public static IEnumerable<Reference> Of(Queue queue, string prefix = "")
    {
        var by = $"queue '{queue.Name}'";
        return
        [
            .. Of(ReferenceKind.Member, queue.Members, $"{prefix}members", by),
            .. Of(queue.Overflow, $"{prefix}overflow", by),
            .. queue.HoldAudio is { } audio
                ? [new Reference(ReferenceKind.Audio, audio, $"{prefix}holdAudio", by)]
                : Array.Empty<Reference>(),
        ];
    }

    public static IEnumerable<Reference> Of(Mailbox mailbox)
    {
        var by = $"voicemail box '{mailbox.Name}'";
        return
        [
            .. Of(mailbox.Greeting, "greeting", by),
            .. Of(ReferenceKind.Member, mailbox.Notice?.Members ?? [], "notice.members", by),
        ];
    }

    /// <param name="member">Whose terms they are.</param>
    public static IEnumerable<Reference> Of(TeamTerms terms, string member) => terms.Schedule is { } schedule
        ? [new(ReferenceKind.Schedule, schedule, "schedule", $"member '{member}'")]
        : [];

    /// <summary>A number that calls are forwarded to may be anybody's: it names nothing of the company's.</summary>
    public static IEnumerable<Reference> Of(Destination? destination, string field, string by) => destination switch
    {
        ToMember to => [new(ReferenceKind.Member, to.Member, $"{field}.member", by)],
        ToQueue to => [new(ReferenceKind.Queue, to.Queue, $"{field}.queue", by)],
        ToMenu to => [new(ReferenceKind.Menu, to.Menu, $"{field}.menu", by)],
        ToMailbox to => [new(ReferenceKind.Mailbox, to.Mailbox, $"{field}.mailbox", by)],
        ToAnnouncement to => Of(to.Announcement, $"{field}.announcement", by),
        _ => [],
    };

    public static IEnumerable<Reference> Of(Announcement? announcement, string field, string by) =>
        announcement is AudioFile file ? [new(ReferenceKind.Audio, file.Audio, $"{field}.audio", by)] : [];

    private static IEnumerable<Reference> Of(Condition condition, string field, string by) => condition switch
    {
        CalledNumber called => Of(ReferenceKind.Number, called.Numbers, $"{field}.numbers", by),
        HoursCondition hours => [new(ReferenceKind.Schedule, hours.Schedule, $"{field}.schedule", by)],
        _ => [],
    };

    private static IEnumerable<Reference> Of(RuleAction action, string field, string by) => action switch
    {
        Direct direct => Of(direct.To, $"{field}.to", by),
        RoundRobin turns => Of(ReferenceKind.Member, turns.Members, $"{field}.members", by),
        Simultaneous all => Of(ReferenceKind.Member, all.Members, $"{field}.members", by),
        PlayMenu play => [new(ReferenceKind.Menu, play.Menu, $"{field}.menu", by)],
        JoinQueue join => [new(ReferenceKind.Queue, join.Queue, $"{field}.queue", by)],
        BusinessHours hours =>
        [
            new(ReferenceKind.Schedule, hours.Schedule, $"{field}.schedule", by),
            .. Of(hours.WhenOpen, $"{field}.whenOpen", by),
        ],
        _ => [],
    };

    private static IEnumerable<Reference> Of(
        ReferenceKind kind, IReadOnlyList<string> ids, string field, string by) =>
        ids.Select((id, i) => new Reference(kind, id, $"{field}[{i}]", by));
}
