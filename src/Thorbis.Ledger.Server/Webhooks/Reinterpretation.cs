using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>
/// Has webhooks read again from their stored bytes. What reads the same adds nothing; what reads differently becomes
/// the next revision of its fact.
/// </summary>
public sealed class Reinterpretation(LedgerDatabase database, IBacklogRelease backlog, IClock clock)
{
    private const string AgainSql = """
        insert into intake.backlog (journal_id, state, since, again)
        select e.journal_id, 'pending', $2, exists (select 1 from intake.journal_company c
          where c.journal_id = e.journal_id)
        from intake.entry e where e.journal_id = any ($1) and e.redelivery_of is null
        on conflict (journal_id) do update
        set state = 'pending', keys = null, reason = null, error = null, again = excluded.again
        """;

    /// <summary>A webhook refused for its timestamp claims its event id now; a genuine delivery since then keeps
    /// it.</summary>
    private const string ClaimSql = """
        update intake.entry e set claims = true, content_hash = null
        where e.journal_id = any ($1) and not e.claims and e.redelivery_of is null and e.event_id is not null
          and e.content_hash is not null
          and not exists (select 1 from intake.entry other where other.event_id = e.event_id and other.claims)
        """;

    private const string UnclaimedSql = """
        select journal_id from intake.entry where journal_id = any ($1) and content_hash is not null
        """;

    /// <returns>How many will be read again.</returns>
    public async Task<int> AgainAsync(IReadOnlyCollection<Guid> journalIds, CancellationToken stop)
    {
        if (journalIds.Count == 0)
        {
            return 0;
        }
        var ids = journalIds.ToArray();
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (var claim = connection.Command(ClaimSql, ids))
        {
            await claim.ExecuteNonQueryAsync(stop);
        }
        await using var unclaimed = connection.Command(UnclaimedSql, ids);
        var stale = await unclaimed.ListAsync(row => row.GetGuid(0), stop);
        await using var again = connection.Command(AgainSql, ids.Except(stale).ToArray(), clock.GetCurrentInstant());
        var count = await again.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        await backlog.WakeAsync(stop);
        return count;
    }
}
