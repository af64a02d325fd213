using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Decides on a company's schedules. A definition repeated, and the last command repeated, records
/// nothing.</summary>
public static class ScheduleDecider
{
    /// <summary>Of one company, the retired ones apart.</summary>
    public const int SchedulesMax = 500;

    /// <param name="state">Null when there is no schedule of this id yet.</param>
    /// <param name="others">Names of the company's other schedules, the retired ones apart.</param>
    public static Decision<ScheduleFact> Define(
        ScheduleState? state, Guid scheduleId, Schedule terms, IReadOnlyCollection<string> others, Change change,
        Instant now)
    {
        if (Check(terms, others, change) is { } refusal)
        {
            return refusal;
        }
        var ordered = Ordered(terms);
        if (state is not null)
        {
            return Repeats(state.History[0], 1, false, ordered, change)
                ? new Accepted<ScheduleFact>([])
                : new Refusal("schedule-exists", $"The schedule {scheduleId} is defined already.");
        }
        return change.RefuseTime(now) is { } late ? late
            : others.Count >= SchedulesMax ? new Refusal(
                "too-many-schedules", $"A company has at most {SchedulesMax} schedules; retire one first.")
            : change.Sign(new ScheduleDefined(scheduleId, 1, ordered), now);
    }

    /// <param name="version">The one that was seen when the new terms were written.</param>
    /// <param name="others">Names of the company's other schedules, the retired ones apart.</param>
    public static Decision<ScheduleFact> Revise(
        ScheduleState state, int version, Schedule terms, IReadOnlyCollection<string> others, Change change,
        Instant now)
    {
        if (Check(terms, others, change) is { } refusal)
        {
            return refusal;
        }
        var ordered = Ordered(terms);
        return Repeats(state.Last, version + 1, false, ordered, change) ? new Accepted<ScheduleFact>([])
            : (CheckState(state, version) ?? change.RefuseTime(now)) is { } why ? why
            : state.InForceAt(change.EffectiveAt ?? now)?.Terms == ordered ? new Accepted<ScheduleFact>([])
            : change.Sign(new ScheduleRevised(state.ScheduleId, version + 1, ordered), now);
    }

    /// <summary>Nothing can be decided of it afterwards, even before the retirement is in force.</summary>
    /// <param name="version">The one that was seen.</param>
    /// <param name="references">What names schedules.</param>
    public static Decision<ScheduleFact> Retire(
        ScheduleState state, int version, IEnumerable<Reference> references, Change change, Instant now) =>
        change.RefuseReason() is { } refusal ? refusal
        : Repeats(state.Last, version + 1, true, state.Last.Terms, change) ? new Accepted<ScheduleFact>([])
        : (CheckState(state, version) ?? change.RefuseTime(now) ?? Reference.InUse(
            ReferenceKind.Schedule, $"{state.ScheduleId}", state.Last.Terms.Name, references)) is { } why ? why
        : change.Sign(new ScheduleRetired(state.ScheduleId, version + 1, state.Last.Terms), now);

    private static Refusal? Check(Schedule terms, IReadOnlyCollection<string> others, Change change) =>
        ScheduleRules.Refuse(terms) ?? change.RefuseReason()
        ?? (others.Contains(terms.Name.Trim())
            ? Refusal.Of("name", $"Another schedule is named '{terms.Name.Trim()}'.")
            : null);

    private static Refusal? CheckState(ScheduleState state, int version) =>
        state.Last.Retired ? new Refusal("schedule-retired", $"The schedule '{state.Last.Terms.Name}' is retired.")
        : version != state.Version ? new Refusal(
            Refusal.StaleEdit, $"Version {version} was edited, but the schedule is at version {state.Version}.")
        : null;

    /// <summary>It is what this command made.</summary>
    private static bool Repeats(
        ScheduleVersion known, int version, bool retires, Schedule terms, Change change) =>
        known.Version == version && known.Retired == retires && known.Terms == terms && known.By == change.By
        && known.Reason == change.Reason && known.EffectiveAt == (change.EffectiveAt ?? known.RecordedAt);

    /// <summary>As it is stored: the order of a week says nothing, that of holidays does.</summary>
    private static Schedule Ordered(Schedule terms) =>
        terms with { Name = terms.Name.Trim(), Week = Schedule.InOrder(terms.Week) };
}
