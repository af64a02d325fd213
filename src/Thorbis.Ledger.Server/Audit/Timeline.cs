using System.Text.Json.Nodes;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>One fact of a stream as people may see it.</summary>
/// <param name="Type">The fact's stored name, such as <c>call_answered</c>.</param>
/// <param name="OccurredAt">The carrier's instant.</param>
/// <param name="RecordedAt">When the ledger had it.</param>
/// <param name="Seq">Its place in the ledger.</param>
/// <param name="Revision">0, or higher where a mended interpreter read the same webhook differently.</param>
/// <param name="Data">The fact, with secrets masked.</param>
/// <param name="Evidence">Where the signed webhook behind it is; null for facts that came from none.</param>
public sealed record TimelineEntry(
    string Type, Instant OccurredAt, Instant RecordedAt, long Seq, int Revision, JsonObject Data, string? Evidence);

/// <summary>The facts of one stream, by the carrier's time.</summary>
public static class Timeline
{
    // A webhook that was read again says the same facts anew: of each, the last reading stands.
    private const string Sql = """
        select type, (data->>'occurredAt')::timestamptz as occurred_at, timestamp, seq_id, revision, data::text,
               causation_id
        from (select *, max(revision) over (partition by causation_id, type) as latest
              from (select *, coalesce((data->>'revision')::int, 0) as revision
                    from ledger.mt_events where tenant_id = $1 and stream_id = $2) facts) revised
        where revision = latest or causation_id is null
        order by occurred_at, seq_id
        """;

    public static async Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        NpgsqlConnection connection, string company, string stream, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new() { Value = company }, new() { Value = stream } },
        };
        await using var rows = await command.ExecuteReaderAsync(stop);
        var entries = new List<TimelineEntry>();
        while (await rows.ReadAsync(stop))
        {
            entries.Add(Read(rows));
        }
        TypedDigits.Mask(entries);
        return entries;
    }

    private static TimelineEntry Read(NpgsqlDataReader row)
    {
        var data = JsonNode.Parse(row.GetString(5))!.AsObject();
        data.Remove("occurredAt");
        data.Remove("revision");
        SignedLinks.Mask(data);
        return new(
            row.GetString(0), row.GetFieldValue<Instant>(1), row.GetFieldValue<Instant>(2), row.GetInt64(3),
            row.GetInt32(4), data, row.Text(6) is { } journal ? $"/api/v1/journal/{journal}" : null);
    }
}
