using System.Text.Json.Serialization;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>
/// Days whose hours are not the weekday's. A holiday replaces the hours that begin on its dates, past midnight
/// included; hours that began on the eve go on to their end.
/// </summary>
/// <param name="Routing">Where calls go while closed on these dates; null as after hours.</param>
/// <param name="FirstYear">The first in which the rule counts; null from ever.</param>
/// <param name="LastYear">The last in which it does; null for ever.</param>
public sealed record Holiday(
    string Name, HolidayRule Rule, HolidayHours Hours, Destination? Routing = null, int? FirstYear = null,
    int? LastYear = null);

/// <summary>What becomes of the hours of a holiday.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ClosedHours), "closed")]
[JsonDerivedType(typeof(OwnHours), "own")]
public abstract record HolidayHours;

/// <summary>Closed all day, or for a part of it: the rest of the weekday's hours stays.</summary>
/// <param name="From">Inclusive; null from the first hour on.</param>
/// <param name="Until">Exclusive; null to the last one, past midnight included.</param>
public sealed record ClosedHours(ClockTime? From = null, ClockTime? Until = null) : HolidayHours;

/// <summary>Open at these hours whatever weekday it is.</summary>
/// <param name="Ranges">At least one, in any order, none overlapping.</param>
public sealed record OwnHours(IReadOnlyList<DayRange> Ranges) : HolidayHours
{
    public bool Equals(OwnHours? other) => other is not null && Ranges.SequenceEqual(other.Ranges);

    public override int GetHashCode() => Ranges.Count;
}

/// <param name="Start">Inclusive, before <c>24:00</c>.</param>
/// <param name="End">Exclusive, up to <c>48:00</c>.</param>
public sealed record DayRange(ClockTime Start, ClockTime End);
