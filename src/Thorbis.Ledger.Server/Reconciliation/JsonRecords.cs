using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>
/// Records as JSON: an answer of the carrier's API (<c>{"data": [ … ]}</c>), a list, or one record after another.
/// Fields of objects inside a record are named with a point (<c>cost.amount</c>); of a list the first counts.
/// </summary>
internal sealed class JsonRecords(RecordImport import)
{
    /// <summary>Of one name or value; the reader needs each as a whole.</summary>
    private const int TokenBytesMax = 1024 * 1024;

    private const int DepthMax = 16;

    private readonly List<string> names = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly string?[] path = new string?[DepthMax + 2];
    private string?[] cells = new string?[RecordColumns.CountMax + 1];
    private JsonReaderState state = new(new() { AllowMultipleValues = true, MaxDepth = DepthMax });

    /// <summary>Depth of the object that is a record now; null between records.</summary>
    private int? recordDepth;

    /// <summary>Names known when the present record began.</summary>
    private int namesBefore;

    /// <summary>Inside an API's answer, which is no record itself.</summary>
    private bool enveloped;

    public static async Task ReadAsync(Stream file, RecordImport import, CancellationToken stop)
    {
        var input = PipeReader.Create(file, new(bufferSize: 64 * 1024, leaveOpen: true));
        var records = new JsonRecords(import);
        try
        {
            await records.ReadAsync(input, stop);
        }
        catch (JsonException torn)
        {
            import.Refuse(
                (int)import.Rows + 1, "line",
                torn.LineNumber is { } line ? $"This is not JSON, in line {line + 1} of the file." : torn.Message);
        }
        await input.CompleteAsync();
    }

    private async Task ReadAsync(PipeReader input, CancellationToken stop)
    {
        for (var (first, last) = (true, false); !last; first = false)
        {
            var read = await input.ReadAsync(stop);
            var rest = first ? WithoutMark(read.Buffer) : read.Buffer;
            last = read.IsCompleted;
            while (TryRead(ref rest, last))
            {
                await import.AddAsync((int)import.Rows + 1, cells.AsSpan(0, names.Count), stop);
                Array.Clear(cells, 0, names.Count);
                if (!import.TakesMore || names.Count > RecordColumns.CountMax)
                {
                    return;
                }
            }
            if (rest.Length > TokenBytesMax)
            {
                import.Refuse((int)import.Rows + 1, "line", $"A value is longer than {TokenBytesMax} bytes.");
                return;
            }
            input.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> start) =>
        start.FirstSpan.StartsWith(Encoding.UTF8.Preamble) ? start.Slice(Encoding.UTF8.Preamble.Length) : start;

    /// <summary>Reads on to the end of the next record.</summary>
    /// <returns>False when the bytes at hand do not hold it whole; what was read of it is kept.</returns>
    private bool TryRead(ref ReadOnlySequence<byte> rest, bool last)
    {
        var reader = new Utf8JsonReader(rest, last, state);
        var complete = false;
        while (!complete && reader.Read())
        {
            complete = Take(ref reader);
        }
        state = reader.CurrentState;
        rest = rest.Slice(reader.BytesConsumed);
        return complete;
    }

    /// <returns>True for the last token of a record.</returns>
    private bool Take(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                BeginObject(depth);
                return false;
            case JsonTokenType.EndObject:
                return EndObject(depth);
            case JsonTokenType.StartArray:
                BeginList(depth);
                return false;
            case JsonTokenType.EndArray:
                return false;
            case JsonTokenType.PropertyName:
                path[depth] = StringOf(ref reader);
                return false;
            default:
                TakeValue(ref reader, depth);
                return false;
        }
    }

    private void BeginObject(int depth)
    {
        path[depth + 1] = null;
        Open(depth);
        if (recordDepth is null && (!enveloped || path[1] == "data"))
        {
            (recordDepth, namesBefore) = (depth, names.Count);
        }
    }

    private void BeginList(int depth)
    {
        path[depth + 1] = null;
        Open(depth);
    }

    /// <summary>What began as a record is an answer with records in it: forgets what was read of it.</summary>
    private void Open(int depth)
    {
        if (recordDepth != 0 || depth != 1 || path[1] != "data")
        {
            return;
        }
        Array.Clear(cells, 0, names.Count);
        foreach (var name in names[namesBefore..])
        {
            places.Remove(name);
        }
        names.RemoveRange(namesBefore, names.Count - namesBefore);
        import.Begin(names);
        (enveloped, recordDepth) = (true, null);
    }

    private bool EndObject(int depth)
    {
        if (recordDepth == depth)
        {
            recordDepth = null;
            return true;
        }
        enveloped &= depth > 0;
        return false;
    }

    private void TakeValue(ref Utf8JsonReader reader, int depth)
    {
        if (recordDepth is not { } record)
        {
            // What else an answer holds (its paging) is of no use.
            if (!enveloped || path[1] == "data")
            {
                throw new JsonException("A record is an object.");
            }
            return;
        }
        if (reader.TokenType == JsonTokenType.Null || names.Count > RecordColumns.CountMax)
        {
            return;
        }
        var place = PlaceOf(depth == record + 1 ? path[depth]! : NameOf(record, depth));
        cells[place] ??= Text(ref reader);
    }

    private string NameOf(int record, int depth) =>
        string.Join('.', path[(record + 1)..(depth + 1)].Where(name => name is not null));

    private int PlaceOf(string name)
    {
        if (!places.TryGetValue(name, out var place))
        {
            places[name] = place = names.Count;
            names.Add(name);
            import.Begin(names);
        }
        return place;
    }

    private static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => StringOf(ref reader).Trim(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
    };

    private static string StringOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException torn)
        {
            throw new JsonException("A text is not Unicode.", torn);
        }
    }
}
