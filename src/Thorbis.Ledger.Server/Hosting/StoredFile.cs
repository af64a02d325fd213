using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The bytes of a file that the database keeps, to be read from anywhere in them; holds one piece.</summary>
/// <param name="length">Of all bytes.</param>
internal sealed class StoredFile(LedgerDatabase database, FileKey key, long length) : Stream
{
    private readonly string _sql =
        $"select content from {key.Table} where tenant_id = $1 and {key.Column} = $2 and ordinal = $3";

    private byte[] _piece = [];
    private int _ordinal = -1;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= length)
        {
            return 0;
        }
        var (ordinal, at) = Math.DivRem(Position, FileKey.PieceLength);
        if (ordinal != _ordinal)
        {
            _piece = await database.ReadAsync(
                key.Company, connection => PieceAsync(connection, (int)ordinal, cancellationToken), cancellationToken);
            _ordinal = (int)ordinal;
        }
        var taken = Math.Min(buffer.Length, _piece.Length - (int)at);
        _piece.AsMemory((int)at, taken).CopyTo(buffer);
        Position += taken;
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<byte[]> PieceAsync(NpgsqlConnection connection, int ordinal, CancellationToken stop)
    {
        await using var command = connection.Command(_sql, key.Company, key.File, ordinal);
        return await command.ExecuteScalarAsync(stop) as byte[] ?? throw new IOException("The file was removed.");
    }
}
