using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Webhooks.Reading;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>A webhook taken from the backlog to be interpreted.</summary>
/// <param name="Again">Interpreted before: facts are compared with those recorded then.</param>
public sealed record PendingWebhook(
    Guid JournalId, string EventId, string? EventType, string Account, Instant ReceivedAt, byte[] Body, bool Again)
{
    /// <remarks>Row by row through the primary keys: <c>offset 0</c> keeps Postgres from reading
    /// whole tables instead, which hold all that was ever received.</remarks>
    private const string TakeSql = """
        select b.journal_id, e.event_id, e.event_type, e.account_id, e.received_at, y.body, b.again
        from unnest($1::uuid[]) as asked (journal_id)
        cross join lateral (
          select * from intake.backlog where journal_id = asked.journal_id and state = 'pending'
          for update skip locked) as b
        cross join lateral (select * from intake.entry where journal_id = asked.journal_id offset 0) as e
        cross join lateral (select * from intake.body where journal_id = asked.journal_id offset 0) as y
        """;

    /// <summary>Locks the rows that are still pending and that nobody else has taken.</summary>
    public static async Task<List<PendingWebhook>> TakeAsync(
        List<Guid> ids, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command =
            new NpgsqlCommand(TakeSql, connection) { Parameters = { new() { Value = ids.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var taken = new List<PendingWebhook>(ids.Count);
        while (await reader.ReadAsync(stop))
        {
            taken.Add(new(
                reader.GetGuid(0), reader.IsDBNull(1) ? reader.GetGuid(0).ToString() : reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3),
                reader.GetFieldValue<Instant>(4), reader.GetFieldValue<byte[]>(5), reader.GetBoolean(6)));
        }
        return taken;
    }

    /// <summary>What it says, or why that cannot be made out.</summary>
    public (WebhookReading? Reading, string? Problem) Read() => WebhookReader.TryRead(Body, ReceivedAt);
}
