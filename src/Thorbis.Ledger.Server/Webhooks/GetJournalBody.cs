using System.ComponentModel;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

public static class GetJournalBody
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/journal/{id}/body", Get)
        .Allow(Permissions.ReadEvidence)
        .WithName("GetJournalBody")
        .WithSummary("The bytes of one webhook exactly as they came, with its two signature headers.")
        .WithDescription("Opening it is recorded in the access log.")
        .WithTags("Evidence")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(
        [Description("The journal id, as lists and timelines show it.")] string id, HttpContext http,
        LedgerDatabase database, AccessLog log, CancellationToken stop)
    {
        var actor = Actor.Of(http.User);
        var evidence = Guid.TryParse(id, out var journalId)
            ? await database.ReadAsync(
                actor.Company,
                connection => JournalEvidence.FindAsync(connection, actor.Company, journalId, stop), stop)
            : null;
        if (evidence is null)
        {
            return await JournalEvidence.MissingAsync(database, actor.Company, journalId, stop);
        }
        await log.RecordAsync(actor.Company, actor.Id, GetJournalEntry.Opened, journalId.ToString(), stop);
        http.Response.Headers[TelnyxSignature.SignatureHeader] = Convert.ToBase64String(evidence.Signature);
        http.Response.Headers[TelnyxSignature.TimestampHeader] = evidence.SignedAt;
        return Results.Bytes(evidence.Body, "application/octet-stream", $"{journalId}.json");
    }
}
