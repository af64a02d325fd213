using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Where a file is that the database keeps, in pieces of one mebibyte, the last one shorter.</summary>
/// <param name="Table">Has the columns tenant_id, ordinal (from 0), content, and that of the file.</param>
/// <param name="Column">The one that tells files of a company apart.</param>
internal sealed record FileKey(string Table, string Column, string Company, object File)
{
    public const int PieceLength = 1024 * 1024;
}

/// <summary>Takes a file's bytes and keeps them in pieces, in the caller's transaction; holds one piece.</summary>
/// <param name="bytesMax">Beyond so many, writing throws <see cref="FileTooLargeException"/>.</param>
internal sealed class FilePieces(NpgsqlConnection connection, FileKey key, long bytesMax = long.MaxValue) : OutputStream
{
    private readonly string _sql =
        $"insert into {key.Table} (tenant_id, {key.Column}, ordinal, content) values ($1, $2, $3, $4)";

    private readonly byte[] _piece = new byte[FileKey.PieceLength];
    private int _filled;
    private int _ordinal;

    /// <summary>Bytes taken so far.</summary>
    public override long Length => ((long)_ordinal * FileKey.PieceLength) + _filled;

    /// <summary>Keeps the last piece.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        if (_filled > 0)
        {
            await InsertAsync(_piece[.._filled], stop);
        }
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Length + buffer.Length > bytesMax)
        {
            throw new FileTooLargeException();
        }
        while (buffer.Length > 0)
        {
            var taken = Math.Min(buffer.Length, FileKey.PieceLength - _filled);
            buffer[..taken].CopyTo(_piece.AsMemory(_filled));
            buffer = buffer[taken..];
            _filled += taken;
            if (_filled == FileKey.PieceLength)
            {
                await InsertAsync(_piece, cancellationToken);
                (_filled, _ordinal) = (0, _ordinal + 1);
            }
        }
    }

    private async Task InsertAsync(byte[] piece, CancellationToken stop)
    {
        await using var command = connection.Command(_sql, key.Company, key.File, _ordinal, piece);
        await command.ExecuteNonQueryAsync(stop);
    }
}
