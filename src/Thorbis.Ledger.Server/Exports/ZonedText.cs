using NodaTime;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>
/// Times of one zone as ISO 8601 with offset, such as <c>2026-11-01T01:30:00.25-04:00</c>; fractions only where there
/// are any, to the microsecond.
/// </summary>
/// <remarks>By hand, as exports write millions of them. Not safe for several threads.</remarks>
public sealed class ZonedText(DateTimeZone zone)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Longest: a date, a time, six digits of fraction, an offset.</summary>
    private const int LengthMax = 32;

    // Neighbouring rows mostly share an offset.
    private long _from = 1;
    private long _until;
    private long _offset;

    public string Format(Instant instant) => OfUnix(instant.ToUnixTimeTicks() / 10);

    /// <param name="microseconds">Since 1970, in UTC.</param>
    public string OfUnix(long microseconds)
    {
        if (microseconds < _from || microseconds >= _until)
        {
            FindOffset(microseconds);
        }
        var local = DateTime.UnixEpoch.AddTicks((microseconds + _offset) * 10);
        Span<char> text = stackalloc char[LengthMax];
        var length = WriteTime(text, local, (int)(local.Ticks % TimeSpan.TicksPerSecond / 10));
        length += WriteOffset(text[length..], _offset / MicrosecondsPerSecond / 60);
        return new string(text[..length]);
    }

    private void FindOffset(long microseconds)
    {
        var interval = zone.GetZoneInterval(Instant.FromUnixTimeTicks(microseconds * 10));
        _from = interval.HasStart ? interval.Start.ToUnixTimeTicks() / 10 : long.MinValue;
        _until = interval.HasEnd ? interval.End.ToUnixTimeTicks() / 10 : long.MaxValue;
        _offset = interval.WallOffset.Seconds * MicrosecondsPerSecond;
    }

    private static int WriteTime(Span<char> text, DateTime local, int fraction)
    {
        var (year, month, day) = DateOnly.FromDateTime(local);
        Digits(text, 4, year);
        text[4] = '-';
        Digits(text[5..], 2, month);
        text[7] = '-';
        Digits(text[8..], 2, day);
        text[10] = 'T';
        Digits(text[11..], 2, local.Hour);
        text[13] = ':';
        Digits(text[14..], 2, local.Minute);
        text[16] = ':';
        Digits(text[17..], 2, local.Second);
        return 19 + WriteFraction(text[19..], fraction);
    }

    private static int WriteFraction(Span<char> text, int microseconds)
    {
        if (microseconds == 0)
        {
            return 0;
        }
        text[0] = '.';
        Digits(text[1..], 6, microseconds);
        return text[..7].TrimEnd('0').Length;
    }

    private static int WriteOffset(Span<char> text, long minutes)
    {
        text[0] = minutes < 0 ? '-' : '+';
        var (hours, rest) = Math.DivRem((int)Math.Abs(minutes), 60);
        Digits(text[1..], 2, hours);
        text[3] = ':';
        Digits(text[4..], 2, rest);
        return 6;
    }

    private static void Digits(Span<char> text, int count, int value)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            text[i] = (char)('0' + value % 10);
            value /= 10;
        }
    }
}
