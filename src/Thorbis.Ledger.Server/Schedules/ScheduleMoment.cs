using System.ComponentModel;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>When a schedule is asked about, and what of it is taken for known.</summary>
public sealed record ScheduleAsk(
    [property: Description("An instant with its offset, from 1800 to 2499; now when left out.")] string? At,
    [property: Description("As it was known at this instant, with its offset: what was decided later does not count.")]
    string? AsKnownAt,
    [property: Description("As it was known at this place of the ledger. Not beside asKnownAt.")] long? AsKnownSeq);

/// <summary>A question of when that can be answered.</summary>
/// <param name="KnownAt">Only what was recorded by then counts; null for all.</param>
/// <param name="Sequence">Only what the ledger has up to there counts.</param>
internal sealed record ScheduleMoment(Instant At, Instant? KnownAt, long Sequence)
{
    /// <returns>The question, or a 422.</returns>
    public static (ScheduleMoment? Moment, IResult? Problem) Of(ScheduleAsk ask, Instant now)
    {
        var at = string.IsNullOrEmpty(ask.At) ? now : AskedTime.ParseInstant(ask.At);
        var known = string.IsNullOrEmpty(ask.AsKnownAt) ? null : AskedTime.ParseInstant(ask.AsKnownAt);
        return at is not { } instant ? Refused("at", AskedTime.InstantExpected)
            : instant < Timetable.First || instant >= Timetable.End
                ? Refused("at", "Only 1800 to 2499 can be asked for.")
            : known is null && !string.IsNullOrEmpty(ask.AsKnownAt)
                ? Refused("asKnownAt", AskedTime.InstantExpected)
            : known is not null && ask.AsKnownSeq is not null
                ? Refused("asKnownSeq", "Not beside asKnownAt: one of them.")
            : ask.AsKnownSeq < 0 ? Refused("asKnownSeq", "A place in the ledger is 0 or more.")
            : (new(instant, known, ask.AsKnownSeq ?? long.MaxValue), null);
    }

    /// <summary>The schedule as far as it was known; null for none.</summary>
    public async Task<ScheduleState?> FindAsync(
        NpgsqlConnection connection, string company, Guid scheduleId, CancellationToken stop)
    {
        var state = await ScheduleTable.FindAsync(connection, company, scheduleId, stop, Sequence);
        return KnownAt is { } known ? state?.KnownAt(known) : state;
    }

    private static (ScheduleMoment?, IResult?) Refused(string field, string reason) =>
        (null, Problems.Invalid(field, reason));
}
