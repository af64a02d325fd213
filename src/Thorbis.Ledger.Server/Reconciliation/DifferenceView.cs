using System.Text.Json;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>What the ledger has.</summary>
/// <param name="BilledSeconds">As the carrier reported them.</param>
/// <param name="Cost">As the carrier reported it; null until it did.</param>
public sealed record LedgerSide(Instant? At, long? BilledSeconds, Money? Cost);

/// <summary>What the file has.</summary>
/// <param name="Kinds">What the records charge for.</param>
/// <param name="Lines">Lines of the CSV, or numbers of the records.</param>
/// <param name="BilledSeconds">The longest over the kinds.</param>
/// <param name="Cost">The sum.</param>
/// <param name="Unknown">Cells of the first record's unknown columns.</param>
public sealed record RecordSide(
    IReadOnlyList<string> Kinds, IReadOnlyList<string> Ids, IReadOnlyList<string> Lines, Instant? At,
    long? BilledSeconds, Money? Cost, JsonElement? Unknown);

/// <summary>One thing in which file and ledger do not agree.</summary>
/// <param name="Class">missing_here, missing_at_carrier, duration_differs, cost_differs or duplicate.</param>
/// <param name="CallId">As the ledger has it; of a record that is missing here, as the record has it.</param>
/// <param name="LegId">Null also where the call as a whole is compared.</param>
/// <param name="Ledger">Null where the ledger has nothing.</param>
/// <param name="Record">Null where the file has nothing.</param>
/// <param name="Evidence">Where the signed webhooks behind the ledger's side are.</param>
public sealed record DifferenceView(
    long DifferenceId, string Class, string? CallId, string? LegId, string? MessageId, string? From, string? To,
    LedgerSide? Ledger, RecordSide? Record, IReadOnlyList<string> Evidence)
{
    /// <summary>What <see cref="Read"/> reads, in order; <c>d</c> is the difference, <c>r</c> its comparison.</summary>
    /// <remarks>
    /// The evidence are the webhooks of what the ledger compares: a leg's times and cost, all of a message; not those
    /// that came after the comparison.
    /// </remarks>
    public const string Columns = """
        d.difference_id, d.class, d.call_id, d.leg_id, d.message_id, d.from_party, d.to_party, d.ledger_at,
        d.ledger_seconds, d.ledger_cost, d.ledger_currency, d.record_at, d.record_seconds, d.record_cost,
        d.record_currency, d.record_kinds, d.record_ids, d.record_lines, d.unknown,
        case when d.ledger_at is not null then (
          select string_agg(distinct e.causation_id, ';') from ledger.mt_events e
          where e.tenant_id = d.tenant_id and e.seq_id <= r.as_of
            and e.stream_id = coalesce('call/' || d.call_id, 'message/' || d.message_id)
            and (d.leg_id is null or e.data ->> 'legId' = d.leg_id)
            and (d.message_id is not null
              or e.type in ('call_initiated', 'call_answered', 'call_hung_up', 'call_cost_reported'))) end
        """;

    public const string Table = """
        ledger.reconciliation_difference d
        join ledger.reconciliation r on r.tenant_id = d.tenant_id and r.reconciliation_id = d.reconciliation_id
        """;

    public static DifferenceView Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6),
        row.Value<Instant>(7) is { } at ? new(at, row.Value<long>(8), row.Money(9)) : null,
        row.Text(17) is null ? null : new(
            List(row, 15), List(row, 16), List(row, 17), row.Value<Instant>(11), row.Value<long>(12), row.Money(13),
            row.Text(18) is { } unknown ? JsonElement.Parse(unknown) : null),
        [.. List(row, 19).Select(journal => $"/api/v1/journal/{journal}")]);

    private static string[] List(NpgsqlDataReader row, int column) =>
        row.Text(column)?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
