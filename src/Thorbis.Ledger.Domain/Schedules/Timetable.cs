using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>
/// Answers whether a schedule is open at an instant, and until when. An instant is open when its local time, on the
/// zone's clock at that instant, lies in the hours: an hour that the clock skips is not there, and one that it repeats
/// counts twice.
/// </summary>
/// <remarks>
/// Pure to its callers and safe between threads: pages of instants are worked out when first asked for and kept, a
/// bounded number of them, and a page is the same whoever works it out.
/// </remarks>
public sealed class Timetable
{
    /// <summary>How far ahead <see cref="OpenState.Until"/> looks: longer than any year, so that what happens every
    /// year is found.</summary>
    public static readonly Duration Horizon = Duration.FromSeconds(HorizonSeconds);

    /// <summary>The first instant that can be asked for.</summary>
    public static readonly Instant First = Instant.FromUtc(1800, 1, 1, 0, 0);

    /// <summary>The first instant too late to be asked for.</summary>
    public static readonly Instant End = Instant.FromUtc(2500, 1, 1, 0, 0);

    private const int DaySeconds = 24 * 60 * 60;
    private const int HorizonSeconds = 400 * DaySeconds;
    private const int PageSeconds = 64 * DaySeconds;

    // A power of two, and more than the horizon has; 32 pages are five years and a half.
    private const int PagesKept = 32;
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    private readonly LocalDays days;
    private readonly DateTimeZone zone;
    private readonly TimetablePage?[] pages = new TimetablePage?[PagesKept];

    private Timetable(Schedule schedule, DateTimeZone zone) => (days, this.zone) = (new(schedule), zone);

    /// <param name="schedule">As <see cref="ScheduleRules"/> takes it.</param>
    /// <exception cref="NodaTime.TimeZones.DateTimeZoneNotFoundException">The zone is unknown.</exception>
    public static Timetable Of(Schedule schedule) => new(schedule, DateTimeZoneProviders.Tzdb[schedule.Zone]);

    /// <exception cref="ArgumentOutOfRangeException">The instant is before <see cref="First"/>, or not before
    /// <see cref="End"/>.</exception>
    public bool IsOpenAt(Instant instant)
    {
        var second = SecondOf(instant);
        var page = PageOf(second);
        return page.States[page.IndexOf(second)].Open;
    }

    /// <summary>The same, with until when, and where calls go.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before <see cref="First"/>, or not before
    /// <see cref="End"/>.</exception>
    public OpenState At(Instant instant)
    {
        var second = SecondOf(instant);
        var page = PageOf(second);
        var index = page.IndexOf(second);
        var state = page.States[index];
        var last = second + HorizonSeconds;
        while (true)
        {
            // At most one step within a page: its neighbours differ, only the first of a page may be as before.
            for (index++; index < page.Starts.Length && page.Starts[index] <= last; index++)
            {
                if (!ReferenceEquals(page.States[index], state))
                {
                    return state with { Until = Instant.FromUnixTimeSeconds(page.Starts[index]) };
                }
            }
            if (page.End > last)
            {
                return state;
            }
            (page, index) = (PageOf(page.End), -1);
        }
    }

    /// <summary>The second that holds the instant: nothing changes within one.</summary>
    private static long SecondOf(Instant instant) => instant >= First && instant < End
        ? instant.ToUnixTimeSeconds()
        : throw new ArgumentOutOfRangeException(nameof(instant), instant, "Only 1800 to 2499 can be asked for.");

    private TimetablePage PageOf(long second)
    {
        var number = Floor(second, PageSeconds);
        ref var place = ref pages[number & (PagesKept - 1)];
        var page = Volatile.Read(ref place);
        if (page is null || page.Start != number * PageSeconds)
        {
            page = Compile(number * PageSeconds);
            Volatile.Write(ref place, page);
        }
        return page;
    }

    private TimetablePage Compile(long start)
    {
        var end = start + PageSeconds;
        // A day on each side, since local dates are up to a day off; and the eve of the first.
        var holidays = days.Holidays(DateOf(start - (2 * DaySeconds)).Year, DateOf(end + DaySeconds).Year);
        var page = new TimetablePage.Builder(end);
        for (var at = start; at < end;)
        {
            var interval = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(at));
            var until = interval.HasEnd ? Math.Min(end, interval.End.ToUnixTimeSeconds()) : end;
            Fill(page, at, until, interval.WallOffset.Seconds, holidays);
            at = until;
        }
        return page.Build();
    }

    /// <summary>Between two clock changes the local time is the instant and an offset.</summary>
    private void Fill(
        TimetablePage.Builder page, long from, long until, int offset, Dictionary<LocalDate, int> holidays)
    {
        for (var day = Floor(from + offset, DaySeconds); day * DaySeconds < until + offset; day++)
        {
            var midnight = (day * DaySeconds) - offset;
            foreach (var (minute, state) in days.Of(Epoch.PlusDays((int)day), holidays))
            {
                page.Add(midnight + (minute * 60), state, from, until);
            }
        }
    }

    private static LocalDate DateOf(long second) => Epoch.PlusDays((int)Floor(second, DaySeconds));

    private static long Floor(long value, int by) => value >= 0 ? value / by : ((value + 1) / by) - 1;
}
