using System.Security.Cryptography;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Takes a statement's bytes and keeps them in pieces, in the caller's transaction; holds one piece.</summary>
internal sealed class StatementPieces(NpgsqlConnection connection, string company, LocalDate month) : Stream
{
    public const int PieceLength = 1024 * 1024;

    private const string InsertSql =
        "insert into ledger.statement_piece (tenant_id, month, ordinal, content) values ($1, $2, $3, $4)";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _piece = new byte[PieceLength];
    private int _filled;
    private int _ordinal;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes taken so far.</summary>
    public override long Length => ((long)_ordinal * PieceLength) + _filled;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Keeps the last piece.</summary>
    /// <returns>The SHA-256 of all bytes, hexadecimal.</returns>
    public async Task<string> EndAsync(CancellationToken stop)
    {
        if (_filled > 0)
        {
            await InsertAsync(_piece[.._filled], stop);
        }
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        _hash.AppendData(buffer.Span);
        while (buffer.Length > 0)
        {
            var taken = Math.Min(buffer.Length, PieceLength - _filled);
            buffer[..taken].CopyTo(_piece.AsMemory(_filled));
            buffer = buffer[taken..];
            _filled += taken;
            if (_filled == PieceLength)
            {
                await InsertAsync(_piece, cancellationToken);
                (_filled, _ordinal) = (0, _ordinal + 1);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private async Task InsertAsync(byte[] piece, CancellationToken stop)
    {
        await using var command = connection.Command(InsertSql, company, month, _ordinal, piece);
        await command.ExecuteNonQueryAsync(stop);
    }
}
