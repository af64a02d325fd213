using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>A webhook with its evidence.</summary>
/// <param name="BodyBase64">The bytes as they came.</param>
/// <param name="BodyText">The same as text; null where they are no UTF-8.</param>
/// <param name="Signature">Base64 of Ed25519 over timestamp, a bar and the bytes.</param>
/// <param name="SignedTimestamp">Unix seconds, as signed.</param>
/// <param name="Check">Of the signature, made now.</param>
public sealed record JournalEntryDetails(
    JournalRow Entry, string BodyBase64, string? BodyText, string Signature, string SignedTimestamp,
    SignatureCheck Check, IReadOnlyList<Redelivery> Redeliveries);

/// <summary>The same event once more; its own bytes and signature are under its id.</summary>
/// <param name="Differs">It told something else than the first.</param>
public sealed record Redelivery(Guid JournalId, Instant ReceivedAt, int? Attempt, bool Differs);

public static class GetJournalEntry
{
    /// <summary>The action under which the access log has it.</summary>
    public const string Opened = "body.opened";

    private const string RedeliveriesSql = """
        select journal_id, received_at, attempt, differs from intake.entry where redelivery_of = $1 order by journal_id
        """;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/journal/{id}", Get)
        .Allow(Permissions.ReadEvidence)
        .WithName("GetJournalEntry")
        .WithSummary("One webhook as it was signed, with a check of the signature made now.")
        .WithDescription("Opening it is recorded in the access log.")
        .WithTags("Evidence")
        .Produces<JournalEntryDetails>()
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(
        [Description("The journal id, as lists and timelines show it.")] string id, ClaimsPrincipal user,
        LedgerDatabase database, AccessLog log, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(user);
        if (!Guid.TryParse(id, out var journalId))
        {
            return Problems.NotFound("webhook");
        }
        var found = await database.ReadAsync(
            actor.Company, connection => ReadAsync(connection, actor.Company, journalId, stop), stop);
        if (found is not var (evidence, redeliveries))
        {
            return await JournalEvidence.MissingAsync(database, actor.Company, journalId, stop);
        }
        await log.RecordAsync(actor.Company, actor.Id, Opened, journalId.ToString(), stop);
        var check = await SignatureCheck.MakeAsync(database, evidence, clock.GetCurrentInstant(), stop);
        return Results.Ok(new JournalEntryDetails(
            evidence.Entry, Convert.ToBase64String(evidence.Body), Utf8Text.Of(evidence.Body),
            Convert.ToBase64String(evidence.Signature), evidence.SignedAt, check, redeliveries));
    }

    private static async Task<(JournalEvidence Evidence, List<Redelivery> Redeliveries)?> ReadAsync(
        NpgsqlConnection connection, string company, Guid id, CancellationToken stop)
    {
        if (await JournalEvidence.FindAsync(connection, company, id, stop) is not { } evidence)
        {
            return null;
        }
        await using var command = new NpgsqlCommand(RedeliveriesSql, connection)
        {
            Parameters = { new() { Value = id } },
        };
        await using var rows = await command.ExecuteReaderAsync(stop);
        var redeliveries = new List<Redelivery>();
        while (await rows.ReadAsync(stop))
        {
            redeliveries.Add(new(
                rows.GetGuid(0), rows.GetFieldValue<Instant>(1), rows.Value<int>(2), rows.GetBoolean(3)));
        }
        return (evidence, redeliveries);
    }
}
