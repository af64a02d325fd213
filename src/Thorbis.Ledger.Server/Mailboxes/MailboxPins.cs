using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Mailboxes;

/// <summary>The PINs of voicemail boxes, as hashes. The one reader and writer of their table, which the tenant login
/// cannot see, so each statement here names its company.</summary>
public sealed class MailboxPins(IOptions<PasswordHasherOptions> options)
{
    private readonly PasswordHasher<string> hasher = new(options);

    /// <summary>Slow on purpose: not to be done while others wait.</summary>
    public string Hash(string mailboxId, string pin) => hasher.HashPassword(mailboxId, pin);

    /// <summary>Whether the box has this PIN.</summary>
    public async Task<bool> IsAsync(
        FactTransaction change, string company, string mailboxId, string pin, CancellationToken stop)
    {
        await using var command = change.Connection.Command(
            "select pin_hash from platform.mailbox_pin where tenant_id = $1 and mailbox_id = $2", company, mailboxId);
        return await command.ExecuteScalarAsync(stop) is string hash
            && hasher.VerifyHashedPassword(mailboxId, hash, pin) != PasswordVerificationResult.Failed;
    }

    /// <param name="hash">As <see cref="Hash"/> gave it.</param>
    public static Task WriteAsync(
        FactTransaction change, string company, string mailboxId, string hash, Instant now, CancellationToken stop) =>
        change.ExecuteAsync("""
            insert into platform.mailbox_pin (tenant_id, mailbox_id, pin_hash, set_at) values ($1, $2, $3, $4)
            on conflict (tenant_id, mailbox_id) do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at
            """, stop, company, mailboxId, hash, now);

    public static Task EraseAsync(
        FactTransaction change, string company, string mailboxId, CancellationToken stop) => change.ExecuteAsync(
        "delete from platform.mailbox_pin where tenant_id = $1 and mailbox_id = $2", stop, company, mailboxId);
}
