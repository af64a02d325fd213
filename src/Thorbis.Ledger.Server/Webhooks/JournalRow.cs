using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>One webhook in a company's journal.</summary>
/// <param name="State">
/// <c>interpreted</c>, <c>kept</c> (without interpretation), or what holds it up: pending, waiting, quarantined,
/// failed, unintelligible.
/// </param>
/// <param name="Facts">Names of the facts that the company got of it.</param>
/// <param name="Reason">Why it is held up.</param>
/// <param name="Redeliveries">How often the same event came again.</param>
/// <param name="Differs">A redelivery told something else than the first.</param>
public sealed record JournalRow(
    Guid JournalId, Instant ReceivedAt, string? EventId, string? EventType, int? Attempt, string State,
    IReadOnlyList<string> Facts, string? Reason, long Redeliveries, bool Differs)
{
    public const string Interpreted = "interpreted";
    public const string Kept = "kept";

    /// <summary>What <see cref="Read"/> reads, in its order, of <c>entry e, journal_company c, backlog b</c>.</summary>
    public const string Columns = $"""
        e.journal_id, e.received_at, e.event_id, e.event_type, e.attempt, {StateSql}, c.facts, b.reason,
        (select count(*) from intake.entry again where again.redelivery_of = e.journal_id),
        e.differs or exists (select from intake.entry again where again.redelivery_of = e.journal_id and again.differs)
        """;

    public static readonly IList<string> States =
    [
        Interpreted, Kept, BacklogState.Pending, BacklogState.Waiting, BacklogState.Quarantined, BacklogState.Failed,
        BacklogState.Unintelligible,
    ];

    public const string StateSql =
        $"coalesce(b.state, case when cardinality(c.facts) > 0 then '{Interpreted}' else '{Kept}' end)";

    public static JournalRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetFieldValue<Instant>(1), row.Text(2), row.Text(3), row.Value<int>(4), row.GetString(5),
        row.GetFieldValue<string[]>(6), row.Text(7), row.GetInt64(8), row.GetBoolean(9));
}
