using System.Security.Cryptography;
using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>A closed statement's bytes on their way out, checked against the hash it was closed with.</summary>
/// <param name="Sha256">Hexadecimal, lower case.</param>
internal sealed record StatementContent(
    LedgerDatabase Database, string Company, LocalDate Month, long Length, string Sha256, Instant ClosedAt)
{
    private const int BufferLength = 64 * 1024;

    /// <exception cref="InvalidOperationException">The month is not closed: a bug.</exception>
    public static async Task<StatementContent> FindAsync(
        LedgerDatabase database, string company, LocalDate month, CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "select bytes, sha256, closed_at from ledger.statement where tenant_id = $1 and month = $2", company,
            month);
        var found = await command.ListAsync(
            row => new StatementContent(
                database, company, month, row.GetInt64(0), row.GetString(1), row.GetFieldValue<Instant>(2)), stop);
        return found is [var content] ? content : throw new InvalidOperationException($"{month} is not closed.");
    }

    /// <summary>Writes all of it; holds one piece at a time.</summary>
    /// <exception cref="SpoiledStatementException">The bytes are not those that were closed.</exception>
    public async Task CopyToAsync(Stream output, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new StoredFile(Database, StatementBooks.FileOf(Company, Month), Length);
        var buffer = new byte[BufferLength];
        int read;
        while ((read = await file.ReadAsync(buffer, stop)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await output.WriteAsync(buffer.AsMemory(0, read), stop);
        }
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != Sha256)
        {
            throw new SpoiledStatementException();
        }
    }
}

/// <summary>What is kept of a statement is not what was closed; nothing of it may go out.</summary>
internal sealed class SpoiledStatementException() : Exception("The kept bytes are not those that were closed.");
