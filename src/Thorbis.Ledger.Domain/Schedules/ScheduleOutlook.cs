using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>What a schedule says of an instant, by all that was decided of it: also what is yet to take
/// effect.</summary>
public static class ScheduleOutlook
{
    /// <summary>As <see cref="Timetable.At"/> of the terms in force, but <see cref="OpenState.Until"/> knows of the
    /// terms that follow them. Null while none are in force.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before <see cref="Timetable.First"/>, or not before
    /// <see cref="Timetable.End"/>.</exception>
    public static OpenState? At(ScheduleState schedule, Instant instant)
    {
        if (schedule.TermsAt(instant) is not { } terms)
        {
            return null;
        }
        var state = Timetable.Of(terms).At(instant);
        var last = instant + Timetable.Horizon;
        // What changes at the same instant as its terms may not change at all.
        foreach (var change in ChangesAfter(schedule, instant).Where(change => change <= last))
        {
            if (state.Until < change)
            {
                break;
            }
            var next = schedule.TermsAt(change) is { } following ? Timetable.Of(following).At(change) : null;
            if (next is null || next with { Until = state.Until } != state)
            {
                return state with { Until = change };
            }
            state = next;
        }
        return state;
    }

    private static IEnumerable<Instant> ChangesAfter(ScheduleState schedule, Instant instant) => schedule.History
        .Select(version => version.EffectiveAt).Where(at => at > instant).Distinct().Order();
}
