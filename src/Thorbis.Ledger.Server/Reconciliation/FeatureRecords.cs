using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>What compared files of detail records bill beside the carrier's reports of calls and messages.</summary>
internal static class FeatureRecords
{
    /// <summary>What features cost in a month, one sum per kind and currency.</summary>
    /// <param name="ids">Of comparisons; each kind's ranges may not overlap, or a record would count twice.</param>
    /// <exception cref="ChargesException">One is not known, not of the month, or tells what another does.</exception>
    public static async Task<IReadOnlyList<(RecordKind Kind, Money Cost)>> ReadAsync(
        NpgsqlConnection connection, string company, IReadOnlyList<Guid> ids, Instant from, Instant to,
        CancellationToken stop)
    {
        await using var command = connection.Command(
            "select done from ledger.reconciliation where tenant_id = $1 and reconciliation_id = any($2)",
            company, ids.ToArray());
        var known = (await command.ListAsync(row => Reconciliations.Read(row, 0), stop))
            .ToDictionary(done => done.ReconciliationId);
        var told = new List<(RecordKind Kind, Money Cost)>();
        for (var i = 0; i < ids.Count; i++)
        {
            if (!known.TryGetValue(ids[i], out var done) || done.From < from || done.To > to)
            {
                throw Refuse(i, "There is no such comparison of a range within the month.");
            }
            if (ids.Take(i).Select(id => known[id]).Any(other => Shares(done, other)))
            {
                throw Refuse(i, "It tells of the same features and times as one before it.");
            }
            told.AddRange(Features(done).Select(total => (total.Kind, total.Cost)));
        }
        return [.. told.GroupBy(one => (one.Kind, one.Cost.Currency)).OrderBy(same => same.Key)
            .Select(same => (same.Key.Kind, new Money(same.Sum(one => one.Cost.Amount), same.Key.Currency)))];
    }

    private static IEnumerable<RecordTotal> Features(ReconciliationDone done) => done.RecordTotals.Where(
        total => RecordKinds.IsFeature(total.Kind) && total.Class != MatchClass.Duplicate);

    private static bool Shares(ReconciliationDone one, ReconciliationDone other) =>
        one.From < other.To && other.From < one.To
        && Features(one).Select(total => total.Kind).Intersect(Features(other).Select(total => total.Kind)).Any();

    private static ChargesException Refuse(int place, string reason) => new($"reconciliations[{place}]", reason);
}
