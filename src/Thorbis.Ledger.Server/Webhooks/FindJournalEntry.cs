using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>What became of a webhook, by the bytes it had: metadata, nothing of what it says.</summary>
/// <param name="State">interpreted, kept, redelivery, unverified, or a backlog state.</param>
/// <param name="Reads">Names of the facts that the bytes read as, recorded or not.</param>
public sealed record JournalFinding(
    Guid JournalId, string? EventId, string? EventType, string State, string? Reason, IReadOnlyList<string> Reads,
    Guid? RedeliveryOf, bool Differs);

/// <summary>Lets a sender of test bodies see what became of each; looks at the last minutes only.</summary>
public static class FindJournalEntry
{
    private static readonly Duration Reach = Duration.FromMinutes(10);

    private const string FindSql = """
        select y.journal_id, e.event_id, e.event_type, e.received_at, b.state, b.reason, e.redelivery_of, e.differs,
          exists (select 1 from intake.journal_company c where c.journal_id = y.journal_id and c.facts <> '{}'), y.body
        from intake.body y join intake.entry e using (journal_id) left join intake.backlog b using (journal_id)
        where y.journal_id >= $1 and sha256(y.body) = $2
        order by y.journal_id desc limit 1
        """;

    private const string UnverifiedSql = """
        select unverified_id from intake.unverified where unverified_id >= $1 and sha256(body) = $2
        order by unverified_id desc limit 1
        """;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/operator/journal/by-content", GetAsync)
        .AllowOperators().WithTags("Operator").WithName("FindJournalEntry")
        .WithSummary("What became of a webhook received in the last ten minutes, by the SHA-256 of its body.")
        .Produces<JournalFinding>().ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        [Description("SHA-256 of the body, 64 hexadecimal digits.")] string sha256, LedgerDatabase database,
        IClock clock, CancellationToken stop)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))
        {
            return Problems.Invalid("sha256", "Expected 64 hexadecimal digits.");
        }
        var (since, hash) = (FirstIdSince(clock), Convert.FromHexString(sha256));
        await using var find = database.Owner.Command(FindSql, since, hash);
        if (await find.ListAsync(Finding, stop) is [var found])
        {
            return Results.Ok(found);
        }
        await using var unverified = database.Owner.Command(UnverifiedSql, since, hash);
        return await unverified.ListAsync(row => row.GetGuid(0), stop) is [var id]
            ? Results.Ok(new JournalFinding(id, null, null, "unverified", "no known key signed it", [], null, false))
            : Problems.NotFound("webhook of the last ten minutes");
    }

    private static JournalFinding Finding(Npgsql.NpgsqlDataReader row)
    {
        var redeliveryOf = row.Value<Guid>(6);
        var (reads, problem) = Reads(row.GetFieldValue<byte[]>(9), row.GetFieldValue<Instant>(3));
        var done = redeliveryOf is not null ? "redelivery" : row.GetBoolean(8) ? "interpreted" : "kept";
        return new(
            row.GetGuid(0), row.Text(1), row.Text(2), row.Text(4) ?? done,
            row.Text(5) ?? problem, reads, redeliveryOf, row.GetBoolean(7));
    }

    /// <summary>Read anew, so that a redelivery that differs shows what it says too.</summary>
    private static (IReadOnlyList<string> Names, string? Problem) Reads(byte[] body, Instant receivedAt)
    {
        var (reading, problem) = Reading.WebhookReader.TryRead(body, receivedAt);
        return (reading is null ? [] : FactCatalogue.NamesIn(reading), problem);
    }

    private static Guid FirstIdSince(IClock clock) =>
        JournalPartitions.FirstId(clock.GetCurrentInstant() - Reach);
}
