using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>One entry of the access log.</summary>
/// <param name="AccessId">UUIDv7. Written twice, it is there once.</param>
/// <param name="Actor">As <see cref="Actor.Id"/>.</param>
/// <param name="Action">Subject and past participle, dotted: <c>sign-in.refused</c>, <c>body.opened</c>.</param>
/// <param name="Subject">What it was done to, or where from; null when the action says all.</param>
public sealed record AccessEntry(
    Guid AccessId, string Company, Instant At, string Actor, string Action, string? Subject)
{
    /// <summary>The IP address; null when not known, or in the subject.</summary>
    public string? Address { get; init; }

    /// <summary>Of the answer; null where that is not told.</summary>
    public int? Status { get; init; }

    /// <summary>That were read or taken; null where that is not told.</summary>
    public long? Rows { get; init; }

    /// <summary>Of the file that was taken, in lower case hexadecimal.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>Who looked, who took, who came in: kept per company for <see cref="AccessLogOptions.KeptFor"/>.</summary>
public sealed class AccessLog(LedgerDatabase database, IClock clock)
{
    private const string Sql = """
        insert into platform.access_log (
          access_id, tenant_id, at, actor, action, subject, address, status, rows, sha256)
        values ($1, $2, $3, $4, $5, $6, $7, $8::int, $9::bigint, $10)
        on conflict (access_id) do nothing
        """;

    /// <param name="actor">As <see cref="Actor.Id"/>.</param>
    /// <param name="action">Subject and past participle, dotted: <c>sign-in.refused</c>, <c>body.opened</c>.</param>
    /// <param name="subject">What it was done to, or where from; null when the action says all.</param>
    public Task RecordAsync(
        string company, string actor, string action, string? subject, CancellationToken stop) =>
        RecordAsync(Entry(company, actor, action, subject), stop);

    public async Task RecordAsync(AccessEntry entry, CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            Sql, entry.AccessId, entry.Company, entry.At, entry.Actor, entry.Action, entry.Subject, entry.Address,
            entry.Status, entry.Rows, entry.Sha256);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>One of now.</summary>
    public AccessEntry Entry(string company, string actor, string action, string? subject) =>
        new(Guid.CreateVersion7(), company, clock.GetCurrentInstant(), actor, action, subject);

    /// <summary>Deletes what is older.</summary>
    /// <returns>How many entries that were.</returns>
    internal async Task<int> ForgetAsync(Instant before, CancellationToken stop)
    {
        await using var command = database.Owner.Command("delete from platform.access_log where at < $1", before);
        return await command.ExecuteNonQueryAsync(stop);
    }
}
