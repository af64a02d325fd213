using System.Buffers.Binary;
using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>
/// Takes the rows of one file into <see cref="MatchSql.Staged"/> by COPY. After a row that cannot be taken, reading
/// goes on to find the others, but nothing more is written: the transaction will not stand.
/// </summary>
internal sealed class RecordImport(Stream copy, DateTimeZone zone, string? currency)
{
    /// <summary>Of bad rows; after these, reading ends.</summary>
    public const int RefusedMost = 20;

    /// <summary>Keys that are remembered, some 30 MB: in a longer file the database looks for repeated ones.</summary>
    private const int KeysMost = 2_000_000;

    private readonly SeenKeys keys = new();
    private readonly CopyText rows = new(copy);
    private RecordReader? reader;

    public List<BadLine> Refused { get; } = [];

    public bool TakesMore => Refused.Count < RefusedMost;

    public RecordColumns Columns { get; private set; } = new([]);

    public long Rows { get; private set; }

    /// <summary>Some record may be there twice.</summary>
    public bool MayRepeat { get; private set; }

    /// <summary>What the records charge for.</summary>
    public HashSet<RecordKind> Kinds { get; } = [];

    /// <summary>The parts of a leg's cost that the file is about; null for the whole.</summary>
    public IReadOnlyList<string>? Parts => RecordKinds.PartsOf(Kinds);

    /// <summary>Some record bills a call: then calls without any are missing at the carrier.</summary>
    public bool HasCalls => Parts is not null || RecordKinds.Timed.Any(Kinds.Contains);

    /// <summary>Some record bills a message.</summary>
    public bool HasMessages => Kinds.Contains(RecordKind.Message);

    /// <summary>By what the records name calls and messages.</summary>
    public RecordNaming Naming { get; private set; }

    /// <summary>No record can be about two items: each names one by one kind of id that is unique.</summary>
    public bool LinksOnce { get; private set; } = true;

    /// <summary>The columns of the cells to come.</summary>
    public void Begin(IReadOnlyList<string> names)
    {
        Columns = new(names);
        reader = new(Columns, zone, currency);
    }

    public void Refuse(int line, string column, string reason) => Refused.Add(new(line, column, reason));

    /// <summary>Writes what is left, and says what can only be said of the whole file.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        await rows.FlushAsync(stop);
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
        Write(line, record, reader.Unknown(cells));
        return rows.EndRowAsync(stop);
    }

    private void Count(in DetailRecord record)
    {
        MayRepeat |= Rows > KeysMost || !keys.Add(Half(record.Key));
        Kinds.Add(record.Kind);
        Naming |= record.Naming;
        LinksOnce &= record.Naming is RecordNaming.LegOfSession or RecordNaming.Session or RecordNaming.Message;
    }

    /// <summary>Enough to say that no key was there before; that one was, is looked up.</summary>
    private static long Half(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>The columns of <see cref="MatchSql.Staged"/>, in their order.</summary>
    private void Write(int line, in DetailRecord record, IReadOnlyDictionary<string, string>? unknown)
    {
        rows.Number(line);
        rows.Number((short)record.Kind);
        rows.Key(record.Key);
        rows.Text(record.RecordId);
        rows.Text(record.LegId);
        rows.Text(record.ControlId);
        rows.Text(record.SessionId);
        rows.Text(record.MessageId);
        rows.Flag(record.Incoming);
        rows.Text(record.From);
        rows.Text(record.To);
        rows.Number(record.At?.ToUnixTimeTicks() / 10);
        rows.Number(record.BilledSeconds);
        rows.Amount(record.Cost);
        rows.Text(record.Currency);
        rows.Text(unknown is null ? null : JsonSerializer.Serialize(unknown));
    }
}
