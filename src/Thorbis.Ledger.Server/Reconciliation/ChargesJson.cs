using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>A document of the carrier's has something that cannot be taken; the message says what.</summary>
internal sealed class ChargesException(string field, string message) : Exception(message)
{
    /// <summary>As a path from the request's body on.</summary>
    public string Field { get; } = field;
}

/// <summary>A value of a document, with the path to it.</summary>
/// <param name="value">Undefined where the document has nothing there.</param>
internal readonly struct ChargesJson(JsonElement value, string path)
{
    private const decimal AmountMax = 1_000_000_000_000m;
    private const int TextLengthMax = 300;

    /// <summary>What an answer of the carrier's API wraps in <c>data</c>; else the document itself.</summary>
    public static ChargesJson Document(JsonElement? document, string name)
    {
        var whole = new ChargesJson(document ?? default, name);
        return whole.IsObject && whole["data"] is { IsObject: true } data ? data
            : whole.IsObject ? whole
            : throw whole.Refuse("Expected the carrier's JSON document.");
    }

    public bool IsObject => value.ValueKind == JsonValueKind.Object;

    public bool IsThere => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public ChargesJson this[string field] =>
        new(value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out var found) ? found : default,
            $"{path}.{field}");

    /// <summary>The items of a list; none where there is no list.</summary>
    public IEnumerable<ChargesJson> Items()
    {
        if (IsThere && value.ValueKind != JsonValueKind.Array)
        {
            throw Refuse("Expected a list.");
        }
        var (at, items) = (path, IsThere ? value.EnumerateArray().ToArray() : []);
        return items.Select((item, i) => new ChargesJson(item, $"{at}[{i}]"));
    }

    public string Text() => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        && text.Length <= TextLengthMax && !text.Contains('\0')
            ? text
            : throw Refuse($"Expected a text of 1 to {TextLengthMax} characters.");

    public bool Is(string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    /// <summary>A decimal, as text or as a number.</summary>
    /// <param name="otherwise">Where nothing is there; null where there must be an amount.</param>
    public decimal Amount(decimal? otherwise = null)
    {
        if (!IsThere && otherwise is { } amount)
        {
            return amount;
        }
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read)
            && Math.Abs(read) <= AmountMax
                ? read
                : throw Refuse("Expected an amount, such as \"12.50\".");
    }

    public LocalDate Date() => IsThere && LocalDatePattern.Iso.Parse(Text()) is { Success: true } date
        ? date.Value
        : throw Refuse("Expected a date, such as 2026-10-01.");

    public TieOutLine Line(TieOutPart part, string name, string amount) =>
        new(part, this[name].Text(), this[amount].Amount());

    public ChargesException Refuse(string reason) => new(path, reason);
}
