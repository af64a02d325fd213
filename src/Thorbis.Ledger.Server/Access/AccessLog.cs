using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Who looked, who took, who came in: kept for good, per company.</summary>
public sealed class AccessLog(LedgerDatabase database, IClock clock)
{
    /// <param name="actor">As <see cref="Actor.Id"/>.</param>
    /// <param name="action">Subject and past participle, dotted: <c>sign-in.refused</c>, <c>body.opened</c>.</param>
    /// <param name="subject">What it was done to, or where from; null when the action says all.</param>
    public async Task RecordAsync(
        string company, string actor, string action, string? subject, CancellationToken stop)
    {
        await using var command = database.Owner.Command("""
            insert into platform.access_log (access_id, tenant_id, at, actor, action, subject)
            values ($1, $2, $3, $4, $5, $6)
            """, Guid.CreateVersion7(), company, clock.GetCurrentInstant(), actor, action, subject);
        await command.ExecuteNonQueryAsync(stop);
    }
}
