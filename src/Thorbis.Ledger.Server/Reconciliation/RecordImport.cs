using System.Text.Json;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>
/// Takes the rows of one file into <see cref="MatchSql.Staged"/> by COPY. After a row that cannot be taken, reading
/// goes on to find the others, but nothing more is written: the transaction will not stand.
/// </summary>
internal sealed class RecordImport(NpgsqlBinaryImporter copy, DateTimeZone zone, string? currency)
{
    /// <summary>Of bad rows; after these, reading ends.</summary>
    public const int RefusedMost = 20;

    private RecordReader? reader;

    public List<BadLine> Refused { get; } = [];

    public bool TakesMore => Refused.Count < RefusedMost;

    public RecordColumns Columns { get; private set; } = new([]);

    public long Rows { get; private set; }

    /// <summary>Some record bills a call: then calls without any are missing at the carrier.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>Some record bills a message.</summary>
    public bool HasMessages { get; private set; }

    /// <summary>Some record names its leg by the control id alone.</summary>
    public bool HasControlIds { get; private set; }

    /// <summary>Some record names neither call nor message.</summary>
    public bool HasNameless { get; private set; }

    /// <summary>The columns of the cells to come.</summary>
    public void Begin(IReadOnlyList<string> names)
    {
        Columns = new(names);
        reader = new(Columns, zone, currency);
    }

    public void Refuse(int line, string column, string reason) => Refused.Add(new(line, column, reason));

    /// <summary>What can only be said of the whole file, once all columns are known.</summary>
    public void End()
    {
        if (Columns.Names.Count > 0)
        {
            Refused.AddRange(Columns.Check().Select(bad => new BadLine(1, bad.Column, bad.Reason)));
        }
        if (Refused.Count == 0 && Rows == 0)
        {
            Refuse(1, "line", "The file holds no record.");
        }
    }

    /// <param name="line">Where the row stands: its line, or its number among the records.</param>
    public ValueTask AddAsync(int line, ReadOnlySpan<string?> cells, CancellationToken stop)
    {
        Rows++;
        var record = reader!.Read(cells, out var bad);
        foreach (var cell in bad)
        {
            Refuse(line, cell.Column, cell.Reason);
        }
        if (Refused.Count > 0)
        {
            return default;
        }
        Count(record);
        return WriteAsync(line, record, reader.Unknown(cells), stop);
    }

    private void Count(in DetailRecord record)
    {
        HasCalls |= RecordKinds.InCallCost.Contains(record.Kind) && record.Kind != RecordKind.Recording;
        HasMessages |= record.Kind == RecordKind.Message;
        HasControlIds |= record is { LegId: null, ControlId: not null };
        HasNameless |= record.IsNameless;
    }

    private async ValueTask WriteAsync(
        int line, DetailRecord record, IReadOnlyDictionary<string, string>? unknown, CancellationToken stop)
    {
        await copy.StartRowAsync(stop);
        await copy.WriteAsync(line, NpgsqlDbType.Integer, stop);
        await copy.WriteAsync((short)record.Kind, NpgsqlDbType.Smallint, stop);
        await copy.WriteAsync(record.Key, NpgsqlDbType.Uuid, stop);
        await TextAsync(record.RecordId, stop);
        await TextAsync(record.LegId, stop);
        await TextAsync(record.ControlId, stop);
        await TextAsync(record.SessionId, stop);
        await TextAsync(record.MessageId, stop);
        await ValueAsync(record.Incoming, NpgsqlDbType.Boolean, stop);
        await TextAsync(record.From, stop);
        await TextAsync(record.To, stop);
        await ValueAsync(record.At, NpgsqlDbType.TimestampTz, stop);
        await ValueAsync(record.BilledSeconds, NpgsqlDbType.Integer, stop);
        await ValueAsync(record.Cost, NpgsqlDbType.Numeric, stop);
        await TextAsync(record.Currency, stop);
        await TextAsync(unknown is null ? null : JsonSerializer.Serialize(unknown), stop);
    }

    private Task TextAsync(string? text, CancellationToken stop) =>
        text is null ? copy.WriteNullAsync(stop) : copy.WriteAsync(text, NpgsqlDbType.Text, stop);

    private Task ValueAsync<TValue>(TValue? value, NpgsqlDbType type, CancellationToken stop)
        where TValue : struct =>
        value is { } known ? copy.WriteAsync(known, type, stop) : copy.WriteNullAsync(stop);
}
