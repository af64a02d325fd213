using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>A stretch of time whose calls are asked about.</summary>
/// <param name="From">First usage instant.</param>
/// <param name="To">First usage instant that is out.</param>
internal sealed record DecisionRange(Instant From, Instant To)
{
    public const int DaysMax = 400;

    /// <param name="from">With its offset.</param>
    /// <param name="to">With its offset.</param>
    public static (DecisionRange? Range, Refusal? Why) Of(string? from, string? to) =>
        AskedTime.ParseInstant(from ?? "") is not { } begin ? Refused("from", AskedTime.InstantExpected)
        : AskedTime.ParseInstant(to ?? "") is not { } end ? Refused("to", AskedTime.InstantExpected)
        : end <= begin ? Refused("to", "A range ends after it begins.")
        : end - begin > Duration.FromDays(DaysMax) ? Refused("to", $"A range has at most {DaysMax} days.")
        : begin < Domain.Schedules.Timetable.First || end > Domain.Schedules.Timetable.End
            ? Refused("from", "Only 1800 to 2499 can be asked for.")
        : (new(begin, end), null);

    private static (DecisionRange?, Refusal?) Refused(string field, string reason) =>
        (null, Refusal.Of(field, reason));
}
