using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>A webhook as it came: its bytes, its signature, and the key that verified it.</summary>
internal sealed record JournalEvidence(JournalRow Entry, string SignedAt, byte[] Signature, byte[] Body, Guid KeyId)
{
    // A redelivery belongs to whom the first delivery belongs to.
    private const string Sql = $"""
        select {JournalRow.Columns}, body.signed_at, body.signature, body.body, e.key_id
        from intake.entry e
        join intake.journal_company c on c.journal_id = coalesce(e.redelivery_of, e.journal_id)
        join intake.body body on body.journal_id = e.journal_id
        left join intake.backlog b on b.journal_id = e.journal_id
        where c.tenant_id = $1 and e.journal_id = $2
        """;

    private const string SharedSql =
        "select shared from intake.journal_company where tenant_id = $1 and journal_id = $2";

    /// <summary>Why there is nothing to show: 403 where other companies have a part in the webhook, else 404.</summary>
    public static async Task<IResult> MissingAsync(
        LedgerDatabase database, string company, Guid id, CancellationToken stop)
    {
        var shared = await database.ReadAsync(company, async connection =>
        {
            await using var command = connection.Command(SharedSql, company, id);
            return await command.ExecuteScalarAsync(stop);
        }, stop);
        return shared is true
            ? Problems.Of(
                StatusCodes.Status403Forbidden, "webhook-shared", "The webhook names numbers of other companies too.",
                "Its facts are yours; its bytes are shown to none of the companies.")
            : Problems.NotFound("webhook");
    }

    public static async Task<JournalEvidence?> FindAsync(
        NpgsqlConnection connection, string company, Guid id, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new() { Value = company }, new() { Value = id } },
        };
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop)
            ? new(JournalRow.Read(row), row.GetString(10), row.GetFieldValue<byte[]>(11), row.GetFieldValue<byte[]>(12),
                row.GetGuid(13))
            : null;
    }
}

/// <summary>A check of a signature, made when asked.</summary>
/// <param name="Valid">The key signed exactly these bytes with exactly this timestamp.</param>
/// <param name="KeyFingerprint">SHA-256 of the public key, in hexadecimal.</param>
/// <param name="KeyRetiredAt">Null while the key is in use; a retired key still checks what it signed.</param>
public sealed record SignatureCheck(
    bool Valid, Instant CheckedAt, Guid KeyId, string AccountId, string KeyFingerprint, Instant? KeyRetiredAt)
{
    private const string Sql = "select account_id, public_key, retired_at from platform.telnyx_key where key_id = $1";

    internal static async Task<SignatureCheck> MakeAsync(
        LedgerDatabase database, JournalEvidence evidence, Instant now, CancellationToken stop)
    {
        await using var command = database.Owner.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = evidence.KeyId });
        await using var row = await command.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop))
        {
            throw new InvalidOperationException($"The journal names a key that is gone: {evidence.KeyId}.");
        }
        var key = row.GetFieldValue<byte[]>(1);
        return new(
            TelnyxSignature.Verify(key, evidence.Signature, evidence.SignedAt, evidence.Body), now, evidence.KeyId,
            row.GetString(0), Convert.ToHexStringLower(SHA256.HashData(key)), row.Value<Instant>(2));
    }
}

/// <summary>Bytes that may be text.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text, or null where the bytes are none.</summary>
    public static string? Of(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
