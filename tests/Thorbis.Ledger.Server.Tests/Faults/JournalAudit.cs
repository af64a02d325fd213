using Thorbis.Ledger.Simulator.Traffic;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>Compares journal and facts with what the sender was answered.</summary>
internal sealed class JournalAudit(Ledger ledger)
{
    /// <param name="taken">Answered 200, by event id.</param>
    public async Task CheckAsync(IReadOnlyDictionary<string, SimulatedWebhook> taken)
    {
        await CheckJournalAsync(taken.Keys);
        await CheckFactsAsync();
        await CheckInterpretationAsync(taken.Values);
    }

    private async Task CheckJournalAsync(IEnumerable<string> taken)
    {
        // Not distinct: an id that two rows claim would be there twice.
        Assert.Equal(taken.Order(StringComparer.Ordinal), await ledger.TextsAsync(
            """select event_id from intake.entry where claims order by event_id collate "C" """));
        await NoneAsync("""
            select 'without its body: ' || journal_id from intake.entry
            where not exists (select from intake.body b where b.journal_id = entry.journal_id)
            """);
        await NoneAsync("""
            select 'redelivery of nothing: ' || journal_id from intake.entry e where not claims and not exists (
              select from intake.entry f where f.journal_id = e.redelivery_of and f.event_id = e.event_id and f.claims)
            """);
        await NoneAsync("select 'told something else: ' || journal_id from intake.entry where differs");
    }

    private async Task CheckFactsAsync()
    {
        await NoneAsync("""
            select format('%s times %s of %s', count(*), type, causation_id) from ledger.mt_events
            where causation_id is not null group by causation_id, type, stream_id, tenant_id having count(*) > 1
            """);
        await NoneAsync("""
            with told as (
              select tenant_id, journal_id::text as causation_id, fact as type
              from intake.journal_company, unnest(facts) as fact),
            recorded as (
              select tenant_id, causation_id, type from ledger.mt_events where causation_id is not null)
            select 'missing: ' || t::text from (table told except all table recorded) as t
            union all select 'untold: ' || t::text from (table recorded except all table told) as t
            """);
        await NoneAsync("""
            select format('version %s of %s is missing', count(*), stream_id) from ledger.mt_events
            group by tenant_id, stream_id having max(version) <> count(*)
            """);
    }

    /// <summary>All is interpreted but what nobody's number or a number of nobody stands in.</summary>
    private async Task CheckInterpretationAsync(IEnumerable<SimulatedWebhook> taken)
    {
        var parked = taken.Where(webhook => webhook.CompanyId is null || IsPorting(webhook)).ToList();
        var silent = taken.Where(webhook => webhook.EventType == "call.mood.estimated");
        Assert.Equal(Ids(parked), await ledger.TextsAsync("""
            select event_id from intake.backlog join intake.entry using (journal_id)
            where claims and state in ('waiting', 'quarantined') order by event_id collate "C"
            """));
        Assert.Equal(Ids(taken.Except([.. parked, .. silent])), await ledger.TextsAsync("""
            select event_id from intake.entry
            where journal_id::text in (select causation_id from ledger.mt_events) order by event_id collate "C"
            """));
        await NoneAsync("""
            select format('%s: %s, %s', state, reason, error) from intake.backlog
            where state not in ('waiting', 'quarantined')
            """);
    }

    private async Task NoneAsync(string sql) => Assert.Empty(await ledger.TextsAsync(sql));

    private static bool IsPorting(SimulatedWebhook webhook) =>
        webhook.EventType.StartsWith("porting_order.", StringComparison.Ordinal);

    private static IEnumerable<string> Ids(IEnumerable<SimulatedWebhook> webhooks) =>
        webhooks.Select(webhook => webhook.EventId).Order(StringComparer.Ordinal);
}
