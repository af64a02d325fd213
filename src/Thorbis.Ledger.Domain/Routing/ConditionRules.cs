using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Which conditions can be taken.</summary>
internal static class ConditionRules
{
    public const int NumbersMax = 500;
    public const int CallersMax = 1_000;
    public const int PrefixesMax = 200;
    public const int CustomersMax = 1_000;
    public const int RangesMax = 50;

    private const int DayMinutes = 1440;
    private const int WeekMinutes = 7 * DayMinutes;

    /// <returns>Null when it can be taken.</returns>
    public static Refusal? Check(Condition? condition, string field, IDateTimeZoneProvider zones) => condition switch
    {
        null => Refusal.Of(field, "A condition is needed."),
        CalledNumber called => Phones(called.Numbers, $"{field}.numbers", NumbersMax),
        CallerList list => Phones(list.Callers, $"{field}.callers", CallersMax),
        CallerPrefix prefix => Prefixes(prefix.Prefixes, $"{field}.prefixes"),
        NumberTag tag when !Texts.IsName(tag.Tag) => Refusal.Of($"{field}.tag", "A tag is needed."),
        FromCustomer { References: [] } => null,
        FromCustomer of => Texts.Distinct(of.References, $"{field}.references", "customer", CustomersMax),
        TimeOfWeek time => Time(time, field, zones),
        HoursCondition hours => Hours(hours, field),
        _ => null,
    };

    private static Refusal? Phones(IReadOnlyList<string>? phones, string field, int most) =>
        Texts.Distinct(phones, field, "number", most)
        ?? (phones!.All(PhoneNumber.IsE164) ? null : Refusal.Of(field, Texts.PhoneExpected));

    private static Refusal? Prefixes(IReadOnlyList<string>? prefixes, string field) =>
        Texts.Distinct(prefixes, field, "prefix", PrefixesMax)
        ?? (prefixes!.All(IsPrefix) ? null : Refusal.Of(field, "A prefix is + and 1 to 15 digits, the first not 0."));

    private static bool IsPrefix(string text) => text is ['+', >= '1' and <= '9', ..] && text.Length <= 16
        && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static Refusal? Hours(HoursCondition hours, string field) =>
        Texts.Id(hours.Schedule, $"{field}.schedule")
        ?? (Enum.IsDefined(hours.State) ? null : Refusal.Of($"{field}.state", "It is open, closed or holiday."));

    private static Refusal? Time(TimeOfWeek time, string field, IDateTimeZoneProvider zones)
    {
        if (time.Zone is null || zones.GetZoneOrNull(time.Zone) is null)
        {
            return Refusal.Of($"{field}.zone", $"There is no time zone '{time.Zone}': Europe/Berlin is one.");
        }
        if (time.Ranges is not { Count: > 0 and <= RangesMax })
        {
            return Refusal.Of($"{field}.ranges", $"1 to {RangesMax} ranges are needed.");
        }
        for (var i = 0; i < time.Ranges.Count; i++)
        {
            if (!IsRange(time.Ranges[i]))
            {
                return Refusal.Of(
                    $"{field}.ranges[{i}]",
                    "A range has a day, begins at minute 0 to 1439, and ends after that, within 24 hours.");
            }
        }
        return Overlap(time.Ranges, $"{field}.ranges");
    }

    private static bool IsRange(WeekRange? range) => range is not null
        && range.Day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday
        && range.FromMinute is >= 0 and < DayMinutes
        && range.ToMinute > range.FromMinute && range.ToMinute <= range.FromMinute + DayMinutes;

    private static Refusal? Overlap(IReadOnlyList<WeekRange> ranges, string field)
    {
        var sorted = ranges.Index().OrderBy(range => Start(range.Item)).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            var last = i == sorted.Count - 1;
            var (at, next) = sorted[last ? 0 : i + 1];
            // Sunday's last range may reach into Monday's first.
            var begin = Start(next) + (last ? WeekMinutes : 0);
            if (Start(sorted[i].Item) + sorted[i].Item.ToMinute - sorted[i].Item.FromMinute > begin)
            {
                return Refusal.Of($"{field}[{at}]", $"It overlaps the range {sorted[i].Index + 1} of the list.");
            }
        }
        return null;
    }

    private static int Start(WeekRange range) => (((int)range.Day - 1) * DayMinutes) + range.FromMinute;
}
