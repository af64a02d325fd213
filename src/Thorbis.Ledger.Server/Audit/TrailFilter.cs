using System.ComponentModel;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>Which changes are asked for; all conditions must hold.</summary>
public sealed record TrailFilter
{
    [Description("Who: user:{id} or key:{id} as entries have it, or clock.")]
    public string? By { get; init; }

    [Description("What: names of facts, as in docs/events.md, or families (rules, schedules, menus, "
        + "mailboxes, team, numbers, members, keys, customers, rates, budgets, goals, statements, webhooks, "
        + "reconciliations); several parted by commas.")]
    public string? Kind { get; init; }

    [Description("Recorded at or after this instant, with its offset.")]
    public string? From { get; init; }

    [Description("Recorded before this instant, with its offset.")]
    public string? To { get; init; }

    [Description("One thing by its stream: rulebook, schedule/{id}, member/{user id} ...")]
    public string? Thing { get; init; }

    [Description("Published with this change set.")]
    public Guid? ChangeSet { get; init; }

    /// <summary>Restricts to these changes. Facts that no webhook told have an index of their own.</summary>
    public Selection Apply(Selection selection)
    {
        selection.Where("causation_id is null").Where("type = any(?)", new object[] { Kinds(selection) });
        if (!string.IsNullOrEmpty(By))
        {
            selection.Where("data ->> 'by' = ?", By);
        }
        if (!string.IsNullOrEmpty(Thing))
        {
            // The plus sign of a number, in a query that was not escaped.
            selection.Where("stream_id = ?", Thing.Replace("/ ", "/+", StringComparison.Ordinal));
        }
        if (ChangeSet is { } set)
        {
            selection.Where("data ->> 'changeSet' = ?", $"{set}");
        }
        return selection.Within("(data ->> 'occurredAt')::timestamptz", From, To);
    }

    private string[] Kinds(Selection selection)
    {
        if (string.IsNullOrEmpty(Kind))
        {
            return TrailKinds.All;
        }
        var asked = Kind.Split(',').Select(word => (Word: word, Facts: TrailKinds.Named(word).ToList())).ToList();
        if (asked.Find(kind => kind.Facts.Count == 0) is { Word: { } unknown })
        {
            selection.Refuse("kind", $"'{unknown}' is no fact that changes anything, nor one of {TrailKinds.Words}.");
        }
        return [.. asked.SelectMany(kind => kind.Facts).Distinct()];
    }
}
