namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>The columns of a file, in any order and spelling, and what each of them is.</summary>
public sealed class RecordColumns
{
    /// <summary>Of one file.</summary>
    public const int CountMax = 500;

    private const int NameLengthMax = 200;

    private static readonly RecordField[] Naming =
        [RecordField.LegId, RecordField.ControlId, RecordField.SessionId, RecordField.MessageId];

    private readonly int[][] fields;
    private readonly List<string> normalized;

    /// <param name="names">As the file has them; their places are those of the cells.</param>
    public RecordColumns(IReadOnlyList<string> names)
    {
        Names = [.. names];
        normalized = [.. names.Select(KnownColumns.Normalize)];
        fields = [.. Enum.GetValues<RecordField>().Select(field => KnownColumns.Of[field]
            .Select(name => normalized.IndexOf(name)).Where(place => place >= 0).ToArray())];
        Unknown = [.. Places(name => !KnownColumns.Contains(name))];
        Layout = Has(RecordField.RecordType) ? "detail_records"
            : normalized.Exists(KnownColumns.OfCallReports.Contains) ? "call_report"
            : Has(RecordField.MessageId) ? "message_report"
            : "other";
        var named = Has(RecordField.RecordId) || Has(RecordField.MessageId);
        Read = named
            ? [.. fields.SelectMany(places => places).Concat(Unknown).Distinct().Order()]
            : [.. Enumerable.Range(0, names.Count)];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Places of columns that the carrier is not known to use.</summary>
    public IReadOnlyList<int> Unknown { get; }

    /// <summary>Places of the cells that a record is read from; all, where only whole rows tell it apart.</summary>
    public IReadOnlyList<int> Read { get; }

    /// <summary><c>detail_records</c>, <c>call_report</c>, <c>message_report</c> or <c>other</c>.</summary>
    public string Layout { get; }

    /// <summary>What cannot be taken of the names themselves; empty for a file that can be read.</summary>
    public IReadOnlyList<BadCell> Check()
    {
        if (Names.Count > CountMax)
        {
            return [new("line", $"There are {Names.Count} columns; at most {CountMax} are taken.")];
        }
        var refused = new List<BadCell>();
        foreach (var same in normalized.Index().GroupBy(name => name.Item).Where(same => same.Count() > 1))
        {
            refused.Add(new(Names[same.First().Index], "The column occurs twice."));
        }
        refused.AddRange(Names.Where(name => name.Trim().Length is 0 or > NameLengthMax || name.Contains('\0'))
            .Select(name => new BadCell(name, "This is no name of a column.")));
        if (!Has(RecordField.Cost) && !Has(RecordField.BilledSeconds))
        {
            refused.Add(new("cost", "No column tells an amount or billed seconds."));
        }
        if (!Naming.Any(Has) && !(Has(RecordField.From) && Has(RecordField.To) && Has(RecordField.At)))
        {
            refused.Add(new("call_leg_id", "No column tells which call or message a record is about: an id of the "
                + "leg, session, or message, or both parties and the start."));
        }
        return refused;
    }

    internal bool Has(RecordField field) => fields[(int)field].Length > 0;

    /// <summary>The first cell of a field that is not empty, with its place; null and -1 without one.</summary>
    internal (string? Text, int Place) Find(RecordField field, ReadOnlySpan<string?> cells)
    {
        foreach (var place in fields[(int)field])
        {
            if (place < cells.Length && cells[place] is { Length: > 0 } cell)
            {
                return (cell, place);
            }
        }
        return (null, -1);
    }

    /// <summary>Times of this column that have no offset are of the report's zone; else UTC.</summary>
    internal bool IsZoned(int place) => KnownColumns.Zoned.Contains(normalized[place]);

    private IEnumerable<int> Places(Func<string, bool> holds) =>
        normalized.Index().Where(name => holds(name.Item)).Select(name => name.Index);
}
