using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Writes one group of webhooks into the journal, inside the caller's transaction.</summary>
/// <remarks>
/// Sorted by event id before the insert: two writers with overlapping ids in opposite order deadlock even with
/// <c>on conflict do nothing</c>.
/// </remarks>
internal sealed class JournalGroup
{
    /// <summary>The way of nearly all: one statement, so that a group costs one round trip.</summary>
    /// <remarks>Behind <c>is true</c> the look-up is hashed; without, Postgres may compare every pair.</remarks>
    private const string ClaimSql = """
        with given as materialized (
          select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::int[], $6::text[],
            $7::uuid[], $8::text[], $9::bytea[], $10::bytea[], $11::text[], $12::text[])
            as t(journal_id, received_at, event_id, event_type, attempt, account_id, key_id, signed_at, signature,
              body, state, reason)
        ), claimed as (
          insert into intake.entry (journal_id, received_at, event_id, event_type, attempt, account_id, key_id, claims)
          select journal_id, received_at, event_id, event_type, attempt, account_id, key_id, true from given
          on conflict (event_id) where claims do nothing
          returning journal_id
        ), bodies as (
          insert into intake.body (journal_id, signed_at, signature, body)
          select journal_id, signed_at, signature, body from given
          where (journal_id in (select journal_id from claimed)) is true
        ), backlog as (
          insert into intake.backlog (journal_id, state, reason, since)
          select journal_id, state, reason, received_at from given
          where (journal_id in (select journal_id from claimed)) is true
        )
        select journal_id from claimed
        """;

    private const string OthersSql = """
        insert into intake.entry (journal_id, received_at, event_id, event_type, attempt, account_id, key_id,
          claims, redelivery_of, differs, content_hash)
        select journal_id, received_at, event_id, event_type, attempt, account_id, key_id, false, redelivery_of,
          differs, content_hash
        from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::int[], $6::text[], $7::uuid[],
          $8::uuid[], $9::boolean[], $10::bytea[])
          as t(journal_id, received_at, event_id, event_type, attempt, account_id, key_id, redelivery_of, differs,
            content_hash)
        on conflict (content_hash) where content_hash is not null do nothing
        returning journal_id
        """;

    private const string FirstsSql = """
        select e.event_id, e.journal_id, b.body
        from intake.entry e join intake.body b using (journal_id)
        where e.claims and e.event_id = any ($1)
        """;

    private const string BodySql = """
        insert into intake.body (journal_id, signed_at, signature, body)
        select * from unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[])
        """;

    private const string BacklogSql = """
        insert into intake.backlog (journal_id, state, reason, since)
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
        """;

    private readonly NpgsqlConnection _connection;
    private readonly IReadOnlyList<ReceivedWebhook> _webhooks;

    private JournalGroup(NpgsqlConnection connection, IReadOnlyList<ReceivedWebhook> webhooks) =>
        (_connection, _webhooks) = (connection, webhooks);

    /// <returns>How many were new, and how many had been seen before.</returns>
    public static async Task<(int New, int Redelivered)> WriteAsync(
        NpgsqlConnection connection, IEnumerable<ReceivedWebhook> webhooks, CancellationToken stop)
    {
        var sorted = webhooks.OrderBy(w => w.Envelope.EventId, StringComparer.Ordinal).ThenBy(w => w.JournalId)
            .ToList();
        return await new JournalGroup(connection, sorted).WriteAsync(stop);
    }

    private async Task<(int New, int Redelivered)> WriteAsync(CancellationToken stop)
    {
        var claimed = await ClaimAsync(stop);
        if (claimed.Count == _webhooks.Count)
        {
            return (claimed.Count, 0);
        }
        var others = _webhooks.Where(w => !claimed.Contains(w.JournalId)).ToList();
        var kept = await WriteOthersAsync(others, stop);
        await WriteBodiesAsync(others.FindAll(w => kept.Contains(w.JournalId)), stop);
        return (claimed.Count, others.Count(w => w.Claims));
    }

    /// <summary>Writes the first delivery of every event that is not in the journal.</summary>
    private Task<HashSet<Guid>> ClaimAsync(CancellationToken stop)
    {
        var firsts = _webhooks.Where(w => w.Claims).DistinctBy(w => w.Envelope.EventId).ToList();
        var states = firsts.ConvertAll(w => BacklogState.OnArrival(w, claimed: true)!.Value);
        return ReturnedAsync(
            ClaimSql,
            [
                .. EntryColumns(firsts), .. BodyColumns(firsts),
                Column(states, s => s.State), Column(states, s => s.Reason),
            ],
            stop);
    }

    private async Task<HashSet<Guid>> WriteOthersAsync(List<ReceivedWebhook> others, CancellationToken stop)
    {
        var first = await FirstDeliveriesAsync(others, stop);
        var seen = others.ConvertAll(w =>
            w.Claims && first.TryGetValue(w.Envelope.EventId!, out var found) ? found : (Delivery?)null);
        return await ReturnedAsync(
            OthersSql,
            [
                .. EntryColumns(others),
                Column(seen, d => d?.JournalId),
                Column(others.Zip(seen), pair => pair.Second is { } d && !SameContent(d.Body, pair.First.Body)),
                Column(others, w => w.Stale ? ContentHash(w) : null),
            ],
            stop);
    }

    private async Task<Dictionary<string, Delivery>> FirstDeliveriesAsync(
        List<ReceivedWebhook> others, CancellationToken stop)
    {
        var result = new Dictionary<string, Delivery>(StringComparer.Ordinal);
        var ids = others.Where(w => w.Claims).Select(w => w.Envelope.EventId!).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return result;
        }
        await using var command = new NpgsqlCommand(FirstsSql, _connection) { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            result[reader.GetString(0)] = new(reader.GetGuid(1), reader.GetFieldValue<byte[]>(2));
        }
        return result;
    }

    private async Task WriteBodiesAsync(List<ReceivedWebhook> kept, CancellationToken stop)
    {
        var open = kept.Select(w => (Webhook: w, State: BacklogState.OnArrival(w, claimed: false)))
            .Where(row => row.State is not null).ToList();
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(Command(BodySql, [Column(kept, w => w.JournalId), .. BodyColumns(kept)]));
        batch.BatchCommands.Add(Command(BacklogSql, [
            Column(open, row => row.Webhook.JournalId), Column(open, row => row.State!.Value.State),
            Column(open, row => row.State!.Value.Reason), Column(open, row => row.Webhook.ReceivedAt)]));
        await batch.ExecuteNonQueryAsync(stop);
    }

    private static NpgsqlParameter[] EntryColumns(IReadOnlyCollection<ReceivedWebhook> rows) =>
    [
        Column(rows, w => w.JournalId), Column(rows, w => w.ReceivedAt), Column(rows, w => w.Envelope.EventId),
        Column(rows, w => w.Envelope.EventType), Column(rows, w => w.Envelope.Attempt),
        Column(rows, w => w.Key.AccountId), Column(rows, w => w.Key.KeyId),
    ];

    private static NpgsqlParameter[] BodyColumns(IReadOnlyCollection<ReceivedWebhook> rows) =>
        [Column(rows, w => w.SignedAt), Column(rows, w => w.Signature), Column(rows, w => w.Body)];

    private async Task<HashSet<Guid>> ReturnedAsync(string sql, NpgsqlParameter[] columns, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        command.Parameters.AddRange(columns);
        await command.PrepareAsync(stop);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var ids = new HashSet<Guid>();
        while (await reader.ReadAsync(stop))
        {
            ids.Add(reader.GetGuid(0));
        }
        return ids;
    }

    private static NpgsqlBatchCommand Command(string sql, NpgsqlParameter[] columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(columns);
        return command;
    }

    private static NpgsqlParameter<TValue[]> Column<TRow, TValue>(IEnumerable<TRow> rows, Func<TRow, TValue> value) =>
        new() { TypedValue = [.. rows.Select(value)] };

    /// <summary>Signature and timestamp belong to it: the same capture sent again is the same content.</summary>
    private static byte[] ContentHash(ReceivedWebhook webhook) =>
        SHA256.HashData([.. Encoding.ASCII.GetBytes(webhook.SignedAt), (byte)'|', .. webhook.Body]);

    /// <summary>A retry's <c>meta.attempt</c> differs by nature; its <c>data</c> must not.</summary>
    private static bool SameContent(byte[] first, byte[] second)
    {
        using var a = JsonDocument.Parse(first);
        using var b = JsonDocument.Parse(second);
        return a.RootElement.TryGetProperty("data", out var x) && b.RootElement.TryGetProperty("data", out var y)
            ? JsonElement.DeepEquals(x, y)
            : JsonElement.DeepEquals(a.RootElement, b.RootElement);
    }

    private sealed record Delivery(Guid JournalId, byte[] Body);
}
