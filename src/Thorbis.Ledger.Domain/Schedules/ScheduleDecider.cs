using NodaTime;
using Thorbis.Ledger.Domain.Numbers;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Who decides something of a schedule, and from when on.</summary>
/// <param name="By">The user or key, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
/// <param name="Address">The IP address; null when not known.</param>
/// <param name="EffectiveAt">Not before now; null for now.</param>
public sealed record ScheduleEdit(
    string By, string? Reason = null, string? Address = null, Instant? EffectiveAt = null);

/// <summary>Decides on a company's schedules. A definition repeated, and the last command repeated, records
/// nothing.</summary>
public static class ScheduleDecider
{
    /// <summary>Of one company, the retired ones apart.</summary>
    public const int SchedulesMax = 500;
    public const int ReasonLengthMax = 500;

    /// <param name="state">Null when there is no schedule of this id yet.</param>
    /// <param name="others">Names of the company's other schedules, the retired ones apart.</param>
    public static Decision<ScheduleFact> Define(
        ScheduleState? state, Guid scheduleId, Schedule terms, IReadOnlyCollection<string> others, ScheduleEdit edit,
        Instant now)
    {
        if (Check(terms, others, edit) is { } refusal)
        {
            return refusal;
        }
        var ordered = Ordered(terms);
        if (state is not null)
        {
            return Repeats(state.History[0], 1, false, ordered, edit)
                ? new Accepted<ScheduleFact>([])
                : new Refusal("schedule-exists", $"The schedule {scheduleId} is defined already.");
        }
        return CheckTime(edit, now) is { } late ? late
            : others.Count >= SchedulesMax ? new Refusal(
                "too-many-schedules", $"A company has at most {SchedulesMax} schedules; retire one first.")
            : new ScheduleDefined(
                scheduleId, now, 1, ordered, edit.By, edit.Reason, edit.Address, edit.EffectiveAt ?? now);
    }

    /// <param name="version">The one that was seen when the new terms were written.</param>
    /// <param name="others">Names of the company's other schedules, the retired ones apart.</param>
    public static Decision<ScheduleFact> Revise(
        ScheduleState state, int version, Schedule terms, IReadOnlyCollection<string> others, ScheduleEdit edit,
        Instant now)
    {
        if (Check(terms, others, edit) is { } refusal)
        {
            return refusal;
        }
        var ordered = Ordered(terms);
        return Repeats(state.Last, version + 1, false, ordered, edit) ? new Accepted<ScheduleFact>([])
            : (CheckState(state, version) ?? CheckTime(edit, now)) is { } why ? why
            : state.InForceAt(edit.EffectiveAt ?? now)?.Terms == ordered ? new Accepted<ScheduleFact>([])
            : new ScheduleRevised(
                state.ScheduleId, now, version + 1, ordered, edit.By, edit.Reason, edit.Address,
                edit.EffectiveAt ?? now);
    }

    /// <summary>Nothing can be decided of it afterwards, even before the retirement is in force.</summary>
    /// <param name="version">The one that was seen.</param>
    public static Decision<ScheduleFact> Retire(ScheduleState state, int version, ScheduleEdit edit, Instant now) =>
        CheckEdit(edit) is { } refusal ? refusal
        : Repeats(state.Last, version + 1, true, state.Last.Terms, edit) ? new Accepted<ScheduleFact>([])
        : (CheckState(state, version) ?? CheckTime(edit, now)) is { } why ? why
        : new ScheduleRetired(
            state.ScheduleId, now, version + 1, state.Last.Terms, edit.By, edit.Reason, edit.Address,
            edit.EffectiveAt ?? now);

    private static Refusal? Check(Schedule terms, IReadOnlyCollection<string> others, ScheduleEdit edit) =>
        ScheduleRules.Refuse(terms) ?? CheckEdit(edit)
        ?? (others.Contains(terms.Name.Trim())
            ? Refusal.Of("name", $"Another schedule is named '{terms.Name.Trim()}'.")
            : null);

    private static Refusal? CheckEdit(ScheduleEdit edit) => edit.Reason?.Length > ReasonLengthMax
        ? Refusal.Of("reason", $"A reason has at most {ReasonLengthMax} characters.")
        : null;

    private static Refusal? CheckTime(ScheduleEdit edit, Instant now) =>
        edit.EffectiveAt < now || edit.EffectiveAt > now + NumberDecider.Ahead
            ? Refusal.Of("effectiveAt", "It takes effect now or later, within ten years: what has passed stays.")
            : null;

    private static Refusal? CheckState(ScheduleState state, int version) =>
        state.Last.Retired ? new Refusal("schedule-retired", $"The schedule '{state.Last.Terms.Name}' is retired.")
        : version != state.Version ? new Refusal(
            Refusal.StaleEdit, $"Version {version} was edited, but the schedule is at version {state.Version}.")
        : null;

    /// <summary>It is what this command made.</summary>
    private static bool Repeats(
        ScheduleVersion known, int version, bool retires, Schedule terms, ScheduleEdit edit) =>
        known.Version == version && known.Retired == retires && known.Terms == terms && known.By == edit.By
        && known.Reason == edit.Reason && known.EffectiveAt == (edit.EffectiveAt ?? known.RecordedAt);

    /// <summary>As it is stored: the order of a week says nothing, that of holidays does.</summary>
    private static Schedule Ordered(Schedule terms) =>
        terms with { Name = terms.Name.Trim(), Week = Schedule.InOrder(terms.Week) };
}
