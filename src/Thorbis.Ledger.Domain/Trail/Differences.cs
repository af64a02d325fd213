using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>
/// What a change made different, field by field, in words that a manager reads. Null before is one that was created,
/// null after one that was removed: a single change that tells briefly what it holds. A thing has no difference from
/// itself, and two that differ have at least one. Items of lists are known by their names, ids or keys, not by their
/// places; where the order of a list decides, the fewest moves are told.
/// </summary>
public static class Differences
{
    public static IReadOnlyList<FieldChange> Of(Schedule? before, Schedule? after, NameBook names) =>
        [.. new ScheduleTelling(names).Of(before, after)];

    /// <param name="moved">The rule that somebody moved: of two that changed places, this one is told.</param>
    public static IReadOnlyList<FieldChange> Of(
        RuleBook? before, RuleBook? after, NameBook names, Guid? moved = null) =>
        [.. new BookTelling(names, moved).Of(before, after)];

    public static IReadOnlyList<FieldChange> Of(Rule? before, Rule? after, NameBook names) =>
        [.. new RuleTelling(names).Of(before, after)];

    public static IReadOnlyList<FieldChange> Of(Queue? before, Queue? after, NameBook names) =>
        [.. new QueueTelling(names).Of(before, after)];

    public static IReadOnlyList<FieldChange> Of(Menu? before, Menu? after, NameBook names) =>
        [.. new MenuTelling(names).Of(before, after)];

    public static IReadOnlyList<FieldChange> Of(Mailbox? before, Mailbox? after, NameBook names) =>
        [.. new MailboxTelling(names).Of(before, after)];

    public static IReadOnlyList<FieldChange> Of(TeamMember? before, TeamMember? after, NameBook names) =>
        [.. new TeamTelling(names).Of(before, after)];

    /// <param name="field">Path of the field that holds it.</param>
    /// <param name="what">The field in words, such as <c>fall-back</c>.</param>
    public static IReadOnlyList<FieldChange> Of(
        string field, string what, Destination? before, Destination? after, NameBook names) =>
        [.. new PlaceTelling(names).Destination(field, what, before, after)];
}
