using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>
/// A time on the clock of a day that goes on past midnight: <c>24:00</c> is the day's end, <c>26:00</c> two o'clock of
/// the next. In JSON <c>HH:mm</c>. So a range that ends after midnight needs no second day, and one that ends at
/// midnight cannot be taken for one that ends where the day begins.
/// </summary>
/// <param name="Minutes">After midnight of the day, as clocks show them: not elapsed ones where clocks change.</param>
[JsonConverter(typeof(ClockTimeConverter))]
public readonly record struct ClockTime(int Minutes) : IComparable<ClockTime>
{
    public static readonly ClockTime Midnight = new(0);

    /// <summary>The end of the day.</summary>
    public static readonly ClockTime EndOfDay = new(24 * 60);

    /// <summary>The end of the next day: the last that a range can end at.</summary>
    public static readonly ClockTime Last = new(48 * 60);

    /// <summary>Cut to the minute.</summary>
    public static implicit operator ClockTime(LocalTime time) => new((time.Hour * 60) + time.Minute);

    public static bool operator <(ClockTime left, ClockTime right) => left.Minutes < right.Minutes;

    public static bool operator >(ClockTime left, ClockTime right) => left.Minutes > right.Minutes;

    public static bool operator <=(ClockTime left, ClockTime right) => left.Minutes <= right.Minutes;

    public static bool operator >=(ClockTime left, ClockTime right) => left.Minutes >= right.Minutes;

    /// <summary>Two digits, a colon, two digits: <c>00:00</c> to <c>99:59</c>. What is beyond <see cref="Last"/> is
    /// read, so that a refusal can name its field.</summary>
    public static bool TryParse(string? text, out ClockTime time)
    {
        time = default;
        if (text is not [var h, var i, ':', >= '0' and <= '5' and var m, var n]
            || !char.IsAsciiDigit(h) || !char.IsAsciiDigit(i) || !char.IsAsciiDigit(n))
        {
            return false;
        }
        time = new((((h - '0') * 10) + (i - '0')) * 60 + ((m - '0') * 10) + (n - '0'));
        return true;
    }

    /// <exception cref="FormatException">It is no such text.</exception>
    public static ClockTime Parse(string text) => TryParse(text, out var time)
        ? time
        : throw new FormatException($"'{text}' is no time of a day: expected HH:mm, such as 09:00, 24:00 or 26:00.");

    public int CompareTo(ClockTime other) => Minutes.CompareTo(other.Minutes);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Minutes / 60:00}:{Minutes % 60:00}");
}

/// <summary>As text; anything else is a <see cref="JsonException"/> that says what was expected.</summary>
public sealed class ClockTimeConverter : JsonConverter<ClockTime>
{
    public override ClockTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ClockTime.TryParse(reader.GetString(), out var time)
            ? time
            : throw new JsonException("Expected a time of a day as HH:mm, such as 09:00, 24:00 or 26:00.");

    public override void Write(Utf8JsonWriter writer, ClockTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
