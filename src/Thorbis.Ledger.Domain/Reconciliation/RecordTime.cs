using NodaTime;

namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>Times as the carrier's files have them: ISO 8601 with a <c>T</c> or a blank, 0 to 9 digits of fraction,
/// with or without an offset.</summary>
/// <remarks>By hand: a file has a million of them.</remarks>
internal static class RecordTime
{
    private const int DateTimeLength = 19;
    private const int YearMin = 1990;
    private const int YearMax = 2200;

    /// <param name="zone">Of a time without an offset.</param>
    /// <returns>Null for anything else, and for a time that the zone's clock leaves out.</returns>
    public static Instant? Parse(ReadOnlySpan<char> text, DateTimeZone zone)
    {
        if (Local(text) is not { } local || !TryFraction(text[DateTimeLength..], out var nanoseconds, out var rest))
        {
            return null;
        }
        local = local.PlusNanoseconds(nanoseconds);
        if (rest.IsEmpty)
        {
            if (zone == DateTimeZone.Utc)
            {
                return local.InUtc().ToInstant(); // Of most files; it maps a local time without asking for intervals.
            }
            var mapping = zone.MapLocal(local);
            // Where the clock is set back, the earlier of the two; a report that has UTC columns is read by those.
            return mapping.Count == 0 ? null : mapping.First().ToInstant();
        }
        return Offset(rest) is { } offset ? local.WithOffset(offset).ToInstant() : null;
    }

    private static LocalDateTime? Local(ReadOnlySpan<char> text) =>
        text.Length >= DateTimeLength && text[10] is ('T' or ' ')
        && Date(text[..10]) is { } date && Time(text[11..DateTimeLength]) is { } time
            ? date + time
            : null;

    private static LocalDate? Date(ReadOnlySpan<char> text)
    {
        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..]));
        return text[4] == '-' && text[7] == '-' && year is >= YearMin and <= YearMax && month is >= 1 and <= 12
            && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
                ? new LocalDate(year, month, day)
                : null;
    }

    private static LocalTime? Time(ReadOnlySpan<char> text)
    {
        var (hour, minute, second) = (Number(text[..2]), Number(text[3..5]), Number(text[6..]));
        return text[2] == ':' && text[5] == ':' && hour is >= 0 and < 24 && minute is >= 0 and < 60
            && second is >= 0 and < 60
                ? new LocalTime(hour, minute, second)
                : null;
    }

    private static bool TryFraction(ReadOnlySpan<char> text, out long nanoseconds, out ReadOnlySpan<char> rest)
    {
        nanoseconds = 0;
        rest = text;
        if (text is not ['.', ..])
        {
            return true;
        }
        var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length - 1 : digits;
        if (digits is 0 or > 9)
        {
            return false;
        }
        nanoseconds = Number(text[1..(1 + digits)]);
        for (var i = digits; i < 9; i++)
        {
            nanoseconds *= 10;
        }
        rest = text[(1 + digits)..];
        return true;
    }

    /// <summary><c>Z</c>, <c>UTC</c>, <c>+02:00</c>, <c>+0200</c>, <c>+02</c>, each after a blank or not.</summary>
    private static Offset? Offset(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(' ');
        if (text is "Z" or "z" or "UTC")
        {
            return NodaTime.Offset.Zero;
        }
        if (text.Length is not (3 or 5 or 6) || text[0] is not ('+' or '-') || (text.Length == 6 && text[3] != ':'))
        {
            return null;
        }
        var (hours, minutes) = (Number(text[1..3]), text.Length == 3 ? 0 : Number(text[^2..]));
        return hours is < 0 or > 18 || minutes is < 0 or > 59 || hours * 60 + minutes > 18 * 60
            ? null
            : NodaTime.Offset.FromSeconds((hours * 60 + minutes) * (text[0] == '-' ? -60 : 60));
    }

    /// <returns>-1 where there is anything but digits; at most nine of them.</returns>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }
}
