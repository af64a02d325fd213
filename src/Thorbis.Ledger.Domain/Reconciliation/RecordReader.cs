using System.Globalization;
using NodaTime;

namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>Reads the rows of one file. Not safe for several threads.</summary>
/// <param name="zone">Of times that a report wrote without an offset.</param>
/// <param name="currency">Of amounts beside which the file names none; null where nobody said.</param>
public sealed class RecordReader(RecordColumns columns, DateTimeZone zone, string? currency)
{
    private const int TextLengthMax = 300;

    private static readonly string[] KindTexts =
        [.. Enumerable.Range(0, (int)RecordKind.Other + 1).Select(kind => kind.ToString(CultureInfo.InvariantCulture))];

    private readonly List<BadCell> refused = [];

    /// <param name="cells">By the columns' places; those that <see cref="RecordColumns.Read"/> names are there.</param>
    /// <param name="bad">What cannot be taken; empty where the record can.</param>
    public DetailRecord Read(ReadOnlySpan<string?> cells, out IReadOnlyList<BadCell> bad)
    {
        refused.Clear();
        var recordType = Text(RecordField.RecordType, cells);
        var recordId = Text(RecordField.RecordId, cells);
        var messageId = Text(RecordField.MessageId, cells);
        var kind = recordType is not null ? RecordKinds.Of(recordType)
            : messageId is not null ? RecordKind.Message
            : RecordKind.Voice;
        if (kind == RecordKind.Message)
        {
            messageId ??= recordId;
        }
        var to = Party(RecordField.To, cells);
        var cost = Cost(cells);
        var record = new DetailRecord(
            kind, Key(kind, kind == RecordKind.Message ? messageId : recordId, to, cells), recordId,
            Text(RecordField.LegId, cells), Text(RecordField.ControlId, cells), Text(RecordField.SessionId, cells),
            kind == RecordKind.Message ? messageId : null, Incoming(cells), Party(RecordField.From, cells), to,
            At(cells), Seconds(cells), cost, Currency(cells, cost));
        bad = refused;
        return record;
    }

    /// <summary>The cells of columns that the carrier is not known to use, by their names; null without any.</summary>
    public IReadOnlyDictionary<string, string>? Unknown(ReadOnlySpan<string?> cells)
    {
        Dictionary<string, string>? kept = null;
        foreach (var place in columns.Unknown)
        {
            if (place < cells.Length && cells[place] is { Length: > 0 } cell)
            {
                (kept ??= [])[columns.Names[place]] = cell;
            }
        }
        return kept;
    }

    private string? Text(RecordField field, ReadOnlySpan<string?> cells)
    {
        var (text, place) = columns.Find(field, cells);
        if (text is not null && (text.Length > TextLengthMax || text.Contains('\0')))
        {
            Refuse(place, $"Expected at most {TextLengthMax} characters, none of them U+0000.");
        }
        return text;
    }

    /// <summary>In E.164 form where there is one; digits alone are taken for it: reports leave out the plus.</summary>
    private string? Party(RecordField field, ReadOnlySpan<string?> cells)
    {
        var text = Text(field, cells);
        if (text is null || PhoneNumber.IsE164(text))
        {
            return text;
        }
        var plus = text.Length >= 8 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? $"+{text}" : text;
        return PhoneNumber.Normalize(plus) ?? text;
    }

    private bool? Incoming(ReadOnlySpan<string?> cells) =>
        columns.Find(RecordField.Direction, cells).Text?.ToLowerInvariant() switch
        {
            "inbound" or "incoming" => true,
            "outbound" or "outgoing" => false,
            _ => null,
        };

    private Instant? At(ReadOnlySpan<string?> cells)
    {
        var (text, place) = columns.Find(RecordField.At, cells);
        if (text is null)
        {
            return null;
        }
        var at = RecordTime.Parse(text, columns.IsZoned(place) ? zone : DateTimeZone.Utc);
        if (at is null)
        {
            Refuse(place, "Expected a time such as 2026-10-31T12:00:00.5Z that the zone's clock shows.");
        }
        return at;
    }

    private int? Seconds(ReadOnlySpan<string?> cells)
    {
        var (text, place) = columns.Find(RecordField.BilledSeconds, cells);
        if (text is null)
        {
            return null;
        }
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }
        if (Number(text) is { } seconds and >= 0 and <= int.MaxValue && seconds == decimal.Truncate(seconds))
        {
            return (int)seconds;
        }
        Refuse(place, "Expected whole seconds, not negative.");
        return null;
    }

    private decimal? Cost(ReadOnlySpan<string?> cells)
    {
        var (text, place) = columns.Find(RecordField.Cost, cells);
        var cost = text is null ? null : Number(text);
        if (text is not null && cost is null)
        {
            Refuse(place, "Expected a number with a point, such as 0.0075 or 7.5E-3.");
        }
        return cost;
    }

    private string? Currency(ReadOnlySpan<string?> cells, decimal? cost)
    {
        var (text, place) = columns.Find(RecordField.Currency, cells);
        var told = text is "USD" ? text : (text ?? currency)?.ToUpperInvariant();
        if (told is null && cost is not (null or 0))
        {
            refused.Add(new("currency", "The amount has no currency; name it in the query, as in currency=USD."));
        }
        if (text is not null && (told!.Length != 3 || !told.All(char.IsAsciiLetterUpper)))
        {
            Refuse(place, "Expected an ISO 4217 code, such as USD.");
        }
        return told;
    }

    /// <summary>
    /// A record is the same by kind and id, a message's also by recipient: each recipient of a group has one. Without
    /// an id, rows are the same that are the same in every cell.
    /// </summary>
    private static Guid Key(RecordKind kind, string? id, string? to, ReadOnlySpan<string?> cells)
    {
        var key = new RecordKey();
        if (id is not null)
        {
            key.Add(KindTexts[(int)kind]);
            key.Add(id);
            key.Add(kind == RecordKind.Message ? to : null);
            return key.ToGuid();
        }
        foreach (var cell in cells)
        {
            key.Add(cell);
        }
        return key.ToGuid();
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Refuse(int place, string reason) => refused.Add(new(columns.Names[place], reason));
}
