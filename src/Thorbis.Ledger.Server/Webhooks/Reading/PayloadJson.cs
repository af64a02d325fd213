using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Reads members of a carrier's payload: absent, null and the empty text are one; ids may be
/// numbers.</summary>
internal static class PayloadJson
{
    private const decimal DecimalMax = 1_000_000_000_000_000_000;
    private static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) &&
        value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.AsText();

    /// <summary>A text as it is, a number or a boolean as written, null for anything else.</summary>
    public static string? AsText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    public static string Required(this JsonElement element, string name) =>
        element.Text(name) ?? throw new UnintelligibleException($"no {name}");

    public static bool Flag(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.True };

    public static bool? MaybeFlag(this JsonElement element, string name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Select(item => item.AsText()).OfType<string>()];

    /// <summary>
    /// Every digit of a number, written as a number or as a text, with an exponent or without; so large at most that
    /// a sum of all there ever are is a decimal too.
    /// </summary>
    public static decimal? Decimal(this JsonElement element, string name)
    {
        if (element.Text(name) is not { } text)
        {
            return null;
        }
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < DecimalMax
            ? number
            : throw new UnintelligibleException($"{name} is not a decimal number below 10^18");
    }

    /// <summary>A whole number; fractions are cut off, as carriers write seconds both ways.</summary>
    public static long? Whole(this JsonElement element, string name) => element.Decimal(name) switch
    {
        null => null,
        >= long.MinValue and <= long.MaxValue and var number => (long)number,
        _ => throw new UnintelligibleException($"{name} is too large"),
    };

    public static int? SmallWhole(this JsonElement element, string name) => element.Whole(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var number => (int)number,
        _ => throw new UnintelligibleException($"{name} is too large"),
    };

    /// <summary>An object of amount and currency.</summary>
    public static Money? Money(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } money && money.Decimal("amount") is { } amount
            ? new Money(amount, (money.Text("currency") ?? "").ToUpperInvariant())
            : null;

    /// <summary>
    /// An instant, cut to microseconds. Null where the member is absent or holds a placeholder word.
    /// </summary>
    /// <exception cref="UnintelligibleException">It begins like a time but is none, or lies before 2000 or more than
    /// a day after receipt.</exception>
    public static Instant? Time(this JsonElement element, string name, Instant receivedAt)
    {
        if (element.Text(name) is not { } text || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+'))
        {
            return null;
        }
        if (Parse(text) is not { } time || time < Earliest || time > receivedAt + Duration.FromDays(1))
        {
            throw new UnintelligibleException($"{name} is no possible time");
        }
        return Instant.FromUnixTimeTicks(Math.DivRem(time.ToUnixTimeTicks(), 10).Quotient * 10);
    }

    private static Instant? Parse(string text)
    {
        if (text.EndsWith('Z') && InstantPattern.ExtendedIso.Parse(text) is { Success: true } utc)
        {
            return utc.Value;
        }
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } local)
        {
            return local.Value.ToInstant();
        }
        var styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text.Length > 4 && text[4] == '-' &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var loose)
            ? Instant.FromDateTimeOffset(loose)
            : null;
    }
}
