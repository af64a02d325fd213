using NodaTime;

namespace Thorbis.Ledger.Domain.Usage;

/// <summary>The steps of a series, of the zone's calendar and clock.</summary>
public enum UsageStep
{
    /// <summary>Begins at each whole local hour; a clock that jumps by half an hour makes a half-hour step.</summary>
    Hour,
    Day,

    /// <summary>ISO: begins on Monday.</summary>
    Week,
    Month,
}

/// <summary>Why a range cannot be answered.</summary>
/// <param name="Field"><c>from</c>, <c>to</c>, <c>zone</c> or <c>by</c>.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record RangeRefusal(string Field, string Reason);

/// <summary>One step of a series, half open; the first and the last are cut where the range begins and ends.</summary>
/// <param name="Start">Inclusive, with the zone's offset at that instant.</param>
/// <param name="End">Exclusive.</param>
public sealed record UsagePoint(OffsetDateTime Start, OffsetDateTime End);
