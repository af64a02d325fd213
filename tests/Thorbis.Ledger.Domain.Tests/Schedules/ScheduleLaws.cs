using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class ScheduleLaws
{
    private static readonly Gen<IsoDayOfWeek> Day = Gen.Int[1, 7].Select(day => (IsoDayOfWeek)day);
    private static readonly Gen<int> Month = Gen.Int[1, 12];
    private static readonly Gen<LocalDate> Date = Gen.Int[0, 3_000].Select(new LocalDate(2024, 1, 1).PlusDays);

    private static readonly Gen<(ClockTime Start, ClockTime End)> Hours =
        Gen.Select(Gen.Int[0, 95], Gen.Int[1, 96]).Select((start, length) => (
            new ClockTime(start * 15), new ClockTime((start + length) * 15)));

    private static readonly Gen<Destination> Destination = Gen.OneOf<Destination>(
        new ToNumber("+12025550100"), new ToMailbox("box"), new ToHangUp(), new ToMember("ana"), new ToQueue("sales"),
        new ToAnnouncement(new SpokenText("Closed.", "en-US", "female")), new ToAnnouncement(new AudioFile("file")));

    private static readonly Gen<HolidayRule> Rule = Gen.OneOf<HolidayRule>(
        Gen.Select(Month, Gen.Int[1, 28], Gen.Enum<Observance>().Nullable(), Gen.Bool)
            .Select((month, day, observed, inLieu) => (HolidayRule)new FixedDate(month, day, observed, inLieu)),
        Date.Select(date => (HolidayRule)new OneDate(date)),
        Gen.Select(Date, Gen.Int[0, 20]).Select((from, days) => (HolidayRule)new DateRange(from, from.PlusDays(days))),
        Gen.Select(Month, Gen.Int[1, 28], Month, Gen.Int[1, 28]).Select((fromMonth, fromDay, toMonth, toDay) =>
            (HolidayRule)new YearlyRange(fromMonth, fromDay, toMonth, toDay)),
        Gen.Select(Month, Day, Gen.Int[1, 4], Gen.Int[-6, 6]).Select((month, day, nth, plus) =>
            (HolidayRule)new NthWeekday(month, day, nth, plus)),
        Gen.Select(Month, Day).Select((month, day) => (HolidayRule)new LastWeekday(month, day)),
        Gen.Select(Day, Month).Select((day, month) => (HolidayRule)new WeekdayBefore(day, month, 25)),
        Gen.Select(Day, Month).Select((day, month) => (HolidayRule)new WeekdayAfter(day, month, 25)),
        Gen.Select(Gen.Int[-50, 60], Gen.Enum<Church>()).Select((days, church) =>
            (HolidayRule)new EasterDay(days, church)));

    private static readonly Gen<HolidayHours> HolidayHours = Gen.OneOf<HolidayHours>(
        Hours.Select(part => (HolidayHours)new ClosedHours(part.Start, part.End)),
        Gen.Const((HolidayHours)new ClosedHours()),
        Hours.Select(own => (HolidayHours)new OwnHours([new(own.Start, own.End)])));

    private static readonly Gen<Holiday> Holiday = Gen.Select(
        Gen.OneOf("A", "B", "C"), Rule, HolidayHours, Destination, Gen.Bool)
        .Select((name, rule, hours, routing, own) => new Holiday(name, rule, hours, own ? routing : null));

    /// <summary>Many of them overlap, and are refused.</summary>
    private static readonly Gen<OpenRange[]> AnyWeek = Gen.Select(Day, Hours)
        .Select((day, hours) => new OpenRange(day, hours.Start, hours.End)).Array[0, 6];

    internal static readonly Gen<Schedule> Any = Gen.Select(
        AnyWeek, Holiday.Array[0, 5], Destination, Gen.OneOf("UTC", "Asia/Kathmandu", "Pacific/Apia"))
        .Select((week, holidays, afterHours, zone) => new Schedule("any", zone, week, afterHours, holidays));

    /// <summary>An instant of the years that the holidays are in.</summary>
    private static readonly Gen<Instant> At = Gen.Int[0, 3_000 * 24 * 60]
        .Select(minutes => Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromMinutes(minutes));

    [Fact]
    public void JSON_loses_nothing() => Any.Sample(plan => LedgerJson.Reload(plan) == plan);

    [Fact]
    public void A_week_is_refused_exactly_where_two_of_its_ranges_share_a_minute() => AnyWeek.Sample(week =>
    {
        var minutes = week.SelectMany(range => Enumerable.Range(
            ((int)range.Day * 1440) + range.Start.Minutes, range.End.Minutes - range.Start.Minutes))
            .Select(minute => minute % 10_080).ToList();

        return (ScheduleRules.Refuse(Plans.Of("UTC", week)) is not null)
            == (minutes.Distinct().Count() != minutes.Count);
    });

    [Fact]
    public void Nothing_changes_before_until_and_something_does_at_it() => Any.Select(At).Sample((plan, at) =>
    {
        var timetable = Timetable.Of(plan);
        var state = timetable.At(at);
        if (state.Until is not { } until)
        {
            return Same(state, timetable.At(at + Timetable.Horizon));
        }
        var last = timetable.At(until - Duration.Epsilon);
        return until > at && Same(state, last) && last.Until == until && !Same(state, timetable.At(until));
    });

    [Fact]
    public void The_order_in_which_ranges_are_listed_says_nothing() => Any.Select(At).Sample((plan, at) =>
        Timetable.Of(plan with { Week = [.. plan.Week.Reverse()] }).At(at) == Timetable.Of(plan).At(at));

    [Fact]
    public void What_was_asked_before_does_not_matter() => Any.Select(At.Array[1, 40]).Sample((plan, instants) =>
    {
        var timetable = Timetable.Of(plan);
        return instants.All(at => timetable.At(at) == Timetable.Of(plan).At(at)
            && timetable.IsOpenAt(at) == timetable.At(at).Open);
    });

    [Fact]
    public void A_copied_day_is_the_same_there_and_the_others_are_as_they_were() =>
        Gen.Select(AnyWeek, Day, Day).Sample((week, from, to) =>
        {
            var copied = Plans.Of("UTC", week).CopyDay(from, to);

            return Enum.GetValues<IsoDayOfWeek>().All(day =>
                HoursOf(copied.Week, day).SequenceEqual(HoursOf(week, day == to ? from : day)))
                && copied.CopyDay(from, to) == copied;
        });

    private static IEnumerable<(ClockTime, ClockTime)> HoursOf(IEnumerable<OpenRange> week, IsoDayOfWeek day) =>
        week.Where(range => range.Day == day).Select(range => (range.Start, range.End)).Order();

    private static bool Same(OpenState left, OpenState right) =>
        left with { Until = null } == right with { Until = null };
}
