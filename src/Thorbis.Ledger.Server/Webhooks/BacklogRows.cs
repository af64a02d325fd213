using Npgsql;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Writes what became of a batch: done, parked, or unintelligible.</summary>
internal static class BacklogRows
{
    private const string ShareSql = """
        insert into intake.journal_company (tenant_id, journal_id, event_type, facts, shared)
        select tenant_id, journal_id, event_type, string_to_array(facts, ','), shared
        from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::boolean[])
          as t(tenant_id, journal_id, event_type, facts, shared)
        on conflict (tenant_id, journal_id) do update set facts = excluded.facts, shared = excluded.shared
        """;

    private const string ParkSql = """
        update intake.backlog b set state = t.state, reason = t.reason, keys = string_to_array(t.keys, E'\n')
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as t(journal_id, state, reason, keys)
        where b.journal_id = t.journal_id
        """;

    /// <remarks>One by one through the key: a long backlog is not read whole for each batch of it.</remarks>
    private const string DoneSql = """
        delete from intake.backlog where ctid = any (array(
          select b.ctid from unnest($1) as done (journal_id)
          cross join lateral (select ctid from intake.backlog where journal_id = done.journal_id offset 0) as b))
        """;

    public static async Task CloseAsync(
        List<InterpretationBatch.Item> items, List<(PendingWebhook Webhook, string Problem)> unintelligible,
        NpgsqlConnection connection, CancellationToken stop)
    {
        var done = items.FindAll(i => i.Attribution is Attribution.To);
        var shares = done.Select(i => (i.Webhook, To: (Attribution.To)i.Attribution!))
            .SelectMany(i => i.To.Shares.Select(s => (i.Webhook, Share: s, i.To.Shared))).ToList();
        var parked = items.Where(i => i is { Attribution: Attribution.Parked, StaysPending: false })
            .Select(i => (i.Webhook, Parked: (Attribution.Parked)i.Attribution!))
            .Select(p => (p.Webhook.JournalId, p.Parked.State, p.Parked.Reason, Keys: string.Join('\n', p.Parked.Keys)))
            .Concat(unintelligible.Select(u =>
                (u.Webhook.JournalId, State: BacklogState.Unintelligible, Reason: u.Problem, Keys: "")))
            .ToList();
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, ShareSql,
            shares.Select(s => s.Share.Company).ToArray(), shares.Select(s => s.Webhook.JournalId).ToArray(),
            shares.Select(s => s.Webhook.EventType).ToArray(), shares.Select(s => FactNames(s.Share)).ToArray(),
            shares.Select(s => s.Shared).ToArray());
        Add(batch, ParkSql,
            parked.Select(p => p.JournalId).ToArray(), parked.Select(p => p.State).ToArray(),
            parked.Select(p => p.Reason).ToArray(), parked.Select(p => p.Keys).ToArray());
        Add(batch, DoneSql, done.Select(i => i.Webhook.JournalId).ToArray());
        await batch.ExecuteNonQueryAsync(stop);
    }

    private static string FactNames(CompanyShare share) =>
        string.Join(',', share.Facts.Select(f => FactCatalogue.NameOf(f.Fact.GetType())));

    private static void Add(NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }
        batch.BatchCommands.Add(command);
    }
}
