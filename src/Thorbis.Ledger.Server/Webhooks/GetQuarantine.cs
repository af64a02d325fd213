using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>What operators see of webhooks that are nobody's yet, or failed: nothing of what they say.</summary>
public static class GetQuarantine
{
    private static readonly string[] States =
    [
        BacklogState.Pending, BacklogState.Waiting, BacklogState.Quarantined, BacklogState.Failed,
        BacklogState.Unintelligible,
    ];

    /// <param name="State">pending, waiting, quarantined, failed or unintelligible.</param>
    /// <param name="Keys">What it waits for, any of them: <c>number:+12025550133</c>. Empty when for nothing.</param>
    /// <param name="Since">When it came into this state.</param>
    /// <param name="Tries">How often it was read in vain.</param>
    public sealed record QuarantineView(
        Guid JournalId, Instant ReceivedAt, string? EventType, string State, string? Reason,
        IReadOnlyList<string> Keys, string AccountId, Instant Since, int Tries);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/operator/quarantine", GetAsync).AllowOperators()
            .WithName("GetQuarantine").WithSummary("Webhooks not done, in the order received; metadata alone.")
            .Produces<Page<QuarantineView>>().ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        LedgerDatabase database, CancellationToken stop, string? state = null, string? cursor = null, int? limit = null)
    {
        if (state is not null && !States.Contains(state))
        {
            return Problems.Invalid("state", $"One of {string.Join(", ", States)}.");
        }
        if (PageRequest.RefuseById(cursor, limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var byState = state is null ? "" : "b.state = $3 and";
        await using var command = database.Owner.Command($"""
            select journal_id, e.received_at, e.event_type, b.state, b.reason, b.keys, e.account_id, b.since, b.tries
            from intake.backlog b join intake.entry e using (journal_id)
            where {byState} journal_id > $1 order by journal_id limit $2
            """, state is null ? [after, size + 1] : [after, size + 1, state]);
        var rows = await command.ListAsync(row => new QuarantineView(
            row.GetGuid(0), row.GetFieldValue<Instant>(1), row.Text(2), row.GetString(3), row.Text(4),
            row.IsDBNull(5) ? [] : row.GetFieldValue<string[]>(5), row.GetString(6),
            row.GetFieldValue<Instant>(7), row.GetInt32(8)), stop);
        return Results.Ok(Page.Of(rows, size, row => [row.JournalId.ToString()]));
    }
}
