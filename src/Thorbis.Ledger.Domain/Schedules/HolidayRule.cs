using System.Text.Json.Serialization;
using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Which dates of the local calendar a holiday has. All bounds are inclusive.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FixedDate), "fixed")]
[JsonDerivedType(typeof(OneDate), "date")]
[JsonDerivedType(typeof(DateRange), "range")]
[JsonDerivedType(typeof(YearlyRange), "yearly_range")]
[JsonDerivedType(typeof(NthWeekday), "nth_weekday")]
[JsonDerivedType(typeof(LastWeekday), "last_weekday")]
[JsonDerivedType(typeof(WeekdayBefore), "weekday_before")]
[JsonDerivedType(typeof(WeekdayAfter), "weekday_after")]
[JsonDerivedType(typeof(EasterDay), "easter")]
public abstract record HolidayRule;

/// <summary>The same date every year; 29 February in leap years only.</summary>
/// <param name="Observed">Which day is kept for one at the weekend; null for none.</param>
/// <param name="InLieu">That day is kept instead of the date; otherwise both are.</param>
public sealed record FixedDate(int Month, int Day, Observance? Observed = null, bool InLieu = false) : HolidayRule;

/// <summary>Which day is kept for a date at the weekend.</summary>
public enum Observance
{
    /// <summary>Friday for Saturday, Monday for Sunday.</summary>
    NearestWeekday,

    /// <summary>The first weekday after it that no other date so observed has, be it by itself or in place of
    /// another: with Christmas on a Saturday, Monday for it and Tuesday for 26 December.</summary>
    NextFreeWeekday,

    /// <summary>Monday for Sunday; Saturday stays.</summary>
    MondayForSunday,
}

/// <summary>Once.</summary>
public sealed record OneDate(LocalDate Date) : HolidayRule;

/// <summary>Once, several days; also across the new year.</summary>
public sealed record DateRange(LocalDate From, LocalDate To) : HolidayRule;

/// <summary>Every year; one that ends before it begins goes on into the next year.</summary>
public sealed record YearlyRange(int FromMonth, int FromDay, int ToMonth, int ToDay) : HolidayRule;

/// <summary>Such as the fourth Thursday of November.</summary>
/// <param name="Nth">1 to 5; a month without a fifth has none.</param>
/// <param name="Plus">Days after it, such as 1 for the day after Thanksgiving.</param>
public sealed record NthWeekday(int Month, IsoDayOfWeek Weekday, int Nth, int Plus = 0) : HolidayRule;

/// <summary>Such as the last Monday of May.</summary>
/// <param name="Plus">Days after it.</param>
public sealed record LastWeekday(int Month, IsoDayOfWeek Weekday, int Plus = 0) : HolidayRule;

/// <summary>The last such weekday before a date, never the date itself: the Monday before 25 May.</summary>
public sealed record WeekdayBefore(IsoDayOfWeek Weekday, int Month, int Day) : HolidayRule;

/// <summary>The first such weekday after a date, never the date itself.</summary>
public sealed record WeekdayAfter(IsoDayOfWeek Weekday, int Month, int Day) : HolidayRule;

/// <summary>So many days after Easter Sunday.</summary>
/// <param name="Days">Negative before it: -2 for Good Friday.</param>
/// <param name="Church">Whose Easter.</param>
public sealed record EasterDay(int Days, Church Church = Church.Western) : HolidayRule;

public enum Church
{
    Western,
    Orthodox,
}
