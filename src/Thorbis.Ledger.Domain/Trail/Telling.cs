using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>How single differences are put. Two values that differ are told even where their texts are the
/// same.</summary>
internal static class Telling
{
    /// <summary>Texts longer than this are shown around the first character that differs.</summary>
    private const int QuoteLength = 80;
    private const int QuoteLead = 20;

    /// <summary>So many of a list are named; of more, how many there are.</summary>
    private const int NamedMax = 10;

    public static IEnumerable<FieldChange> Value<T>(
        string field, string what, T before, T after, Func<T, string> text) =>
        EqualityComparer<T>.Default.Equals(before, after) ? []
            : [Change(field, what, before is null ? null : text(before), after is null ? null : text(after))];

    public static IEnumerable<FieldChange> Value(string field, string what, string? before, string? after) =>
        Value(field, what, before, after, text => text!);

    public static IEnumerable<FieldChange> Seconds(string field, string what, int before, int after) =>
        Value(field, what, before, after, seconds => $"{seconds} s");

    public static IEnumerable<FieldChange> Count(string field, string what, int? before, int? after) =>
        Value(field, what, before, after, number => $"{number}");

    public static IEnumerable<FieldChange> Switch(string field, string what, bool before, bool after) =>
        before == after ? [] : [new(field, OnOff(before), OnOff(after), $"{what} switched {OnOff(after)}")];

    public static IEnumerable<FieldChange> Name(string before, string after) =>
        before == after ? [] : [new("name", before, after, $"renamed to '{after}'")];

    /// <summary>Texts that people hear or read.</summary>
    public static IEnumerable<FieldChange> Text(string field, string what, string before, string after)
    {
        var same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return Value(field, what, before, after, text => Quote(text, same));
    }

    /// <param name="at">A place that is to be seen.</param>
    public static string Quote(string text, int at = 0)
    {
        var from = text.Length <= QuoteLength ? 0 : Math.Min(Math.Max(at - QuoteLead, 0), text.Length);
        var to = Math.Min(from + QuoteLength, text.Length);
        return $"\"{(from > 0 ? "…" : "")}{text[from..to]}{(to < text.Length ? "…" : "")}\"";
    }

    /// <summary>Something as a whole: created, removed, or some of its fields.</summary>
    /// <param name="called">Such as <c>schedule 'Office'</c>.</param>
    /// <param name="brief">What it holds.</param>
    public static IEnumerable<FieldChange> Whole<T>(
        T? before, T? after, Func<T, string> called, Func<T, string> brief,
        Func<T, T, IEnumerable<FieldChange>> fields) where T : class => (before, after) switch
        {
            (null, null) => [],
            (null, _) => [new("", null, brief(after), $"{called(after)} created ({brief(after)})")],
            (_, null) => [new("", brief(before), null, $"{called(before)} removed")],
            _ => fields(before, after),
        };

    /// <summary>What changed within one part.</summary>
    public static IEnumerable<FieldChange> Within(
        string field, string who, IEnumerable<FieldChange> changes) => changes.Select(change => change with
        {
            Field = change.Field.Length == 0 ? field : $"{field}.{change.Field}",
            Words = change.Field is "name" or "enabled" ? $"{who} {change.Words}" : $"{who}: {change.Words}",
        });

    /// <summary>A list in which each is named once.</summary>
    /// <param name="what">Of one, such as <c>member</c>.</param>
    /// <param name="ordered">The order says something: moves are told one by one.</param>
    public static IEnumerable<FieldChange> Listed(
        string field, string what, IReadOnlyList<string> before, IReadOnlyList<string> after,
        Func<string, string>? text = null, bool ordered = false)
    {
        if (Lists.Same(before, after))
        {
            return [];
        }
        var pairing = Pairing<string>.By(before, after, id => id, id => id);
        var name = text ?? (id => id);
        return
        [
            .. pairing.Removed.Select(one => new FieldChange(
                $"{field}[{one.Label}]", name(one.Item), null, $"{what} {name(one.Item)} removed")),
            .. pairing.Added.Select(one => new FieldChange(
                $"{field}[{one.Label}]", null, name(one.Item), $"{what} {name(one.Item)} added")),
            .. ordered ? Moves(field, pairing, id => $"{what} {name(id)}") : Order(field, $"{what}s", pairing, name),
        ];
    }

    /// <summary>The fewest moves that bring a list into its new order.</summary>
    public static IEnumerable<FieldChange> Moves<T>(
        string field, Pairing<T> pairing, Func<T, string> called, Func<T, bool>? rather = null) =>
        pairing.Moved(rather).Select(pair => new FieldChange(
            $"{field}[{pair.Label}].place", $"{pair.From + 1}", $"{pair.To + 1}",
            pair.From == pair.To
                ? $"{called(pair.Before)} moved among the others, still place {pair.To + 1}"
                : $"{called(pair.Before)} moved from place {pair.From + 1} to {pair.To + 1}"));

    /// <summary>Where the order says nothing, that it is another is told once.</summary>
    public static IEnumerable<FieldChange> Order<T>(
        string field, string what, Pairing<T> pairing, Func<T, string> name) =>
        pairing.Moved().Count == 0 ? []
            :
            [
                new(
                    field, Some(pairing.Kept.Select(pair => name(pair.Before))),
                    Some(pairing.Kept.OrderBy(pair => pair.To).Select(pair => name(pair.After))),
                    $"{what} listed in another order"),
            ];

    public static string Some(IEnumerable<string> texts)
    {
        var all = texts.ToList();
        return string.Join(", ", all.Take(NamedMax))
            + (all.Count > NamedMax ? $" and {all.Count - NamedMax} more" : "");
    }

    public static string OnOff(bool on) => on ? "on" : "off";

    private static FieldChange Change(string field, string what, string? before, string? after) =>
        new(field, before, after, (before, after) switch
        {
            (null, _) => $"{what} set to {after}",
            (_, null) => $"{what} removed (was {before})",
            _ when before == after => $"{what} {before} → another {after}",
            _ => $"{what} {before} → {after}",
        });
}
