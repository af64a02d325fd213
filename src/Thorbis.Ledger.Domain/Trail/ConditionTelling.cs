using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>The conditions of a rule in words, and what became different in them.</summary>
internal sealed class ConditionTelling(NameBook names)
{
    private readonly PlaceTelling _places = new(names);

    /// <summary>Those that are the same are set aside first; the others are compared kind by kind.</summary>
    public IEnumerable<FieldChange> Of(IReadOnlyList<Condition> before, IReadOnlyList<Condition> after)
    {
        var same = Pairing<Condition>.By(before, after, condition => condition, Kind);
        var other = Pairing<Condition>.By(
            [.. same.Removed.Select(c => c.Item)], [.. same.Added.Select(c => c.Item)], Kind, Kind);
        return
        [
            .. other.Removed.Select(gone => new FieldChange(
                $"when[{gone.Label}]", Text(gone.Item), null, $"condition removed: {Text(gone.Item)}")),
            .. other.Added.Select(added => new FieldChange(
                $"when[{added.Label}]", null, Text(added.Item), $"condition added: {Text(added.Item)}")),
            .. other.Kept.SelectMany(pair => Fields($"when[{pair.Label}]", pair.Before, pair.After)),
            .. Telling.Order("when", "conditions", same, Text),
        ];
    }

    public string Text(Condition condition) => condition switch
    {
        CalledNumber called => $"calls to {Any(called.Numbers)}",
        CallerPrefix prefix => $"callers whose number begins with {Any(prefix.Prefixes)}",
        CallerList list => $"calls from {Any(list.Callers)}",
        AnonymousCaller => "callers who show no number",
        NumberTag tag => $"calls to numbers with the tag '{tag.Tag}'",
        FromCustomer { References: [] } => "calls from any customer",
        FromCustomer of => $"calls from the customer {Any(of.References)}",
        TimeOfWeek time => $"at {HoursTelling.Brief(Ranges(time))} in {time.Zone}",
        HoursCondition hours => Text(hours),
        _ => "a condition of a kind that is not known",
    };

    private IEnumerable<FieldChange> Fields(string field, Condition before, Condition after) => (before, after) switch
    {
        (CalledNumber old, CalledNumber now) =>
            Telling.Listed($"{field}.numbers", "called number", old.Numbers, now.Numbers),
        (CallerPrefix old, CallerPrefix now) =>
            Telling.Listed($"{field}.prefixes", "caller's prefix", old.Prefixes, now.Prefixes),
        (CallerList old, CallerList now) => Telling.Listed($"{field}.callers", "caller", old.Callers, now.Callers),
        // An empty list means any: its last customer leaves, and more calls come.
        (FromCustomer { References.Count: > 0 } old, FromCustomer { References.Count: > 0 } now) =>
            Telling.Listed($"{field}.references", "customer", old.References, now.References),
        (TimeOfWeek old, TimeOfWeek now) =>
        [
            .. Telling.Value($"{field}.zone", "time zone", old.Zone, now.Zone),
            .. HoursTelling.Week($"{field}.ranges", Ranges(old), Ranges(now)),
        ],
        _ => Telling.Value(field, "condition", before, after, Text),
    };

    private string Text(HoursCondition hours) => hours.State switch
    {
        HoursState.Open => $"while {_places.Schedule(hours.Schedule)} is open",
        HoursState.Closed => $"while {_places.Schedule(hours.Schedule)} is closed",
        _ => $"on holidays of {_places.Schedule(hours.Schedule)}",
    };

    private static List<OpenRange> Ranges(TimeOfWeek time) =>
        [.. time.Ranges.Select(range => new OpenRange(range.Day, new(range.FromMinute), new(range.ToMinute)))];

    private static string Any(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? "none" : Telling.Some(texts);

    /// <summary>As in JSON.</summary>
    private static string Kind(Condition condition) => condition switch
    {
        CalledNumber => "called_number",
        CallerPrefix => "caller_prefix",
        CallerList => "caller_list",
        AnonymousCaller => "anonymous_caller",
        NumberTag => "tag",
        FromCustomer => "customer",
        TimeOfWeek => "time",
        _ => "schedule",
    };
}
