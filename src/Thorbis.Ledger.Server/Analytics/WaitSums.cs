using Marten;
using NodaTime;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>What one batch adds to the bins of waits, of companies (number empty) and of their numbers.</summary>
internal sealed class WaitSums
{
    /// <summary>A bin that every call has left goes, as a rebuild would never have made it.</summary>
    private const string EmptySql = """
        delete from ledger.wait_bucket b
        using unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::int[])
          as k(tenant_id, number, bucket, kind, bin)
        where b.tenant_id = k.tenant_id and b.number = k.number and b.bucket = k.bucket and b.kind = k.kind
          and b.bin = k.bin and b.calls = 0
        """;

    private static readonly UnnestUpsert<Row> Upsert = new UnnestUpsert<Row>(
            "ledger.wait_bucket", ["tenant_id", "number", "bucket", "kind", "bin"],
            "{0} = wait_bucket.{0} + excluded.{0}")
        .Column("tenant_id", "text", r => r.Key.Company)
        .Column("number", "text", r => r.Key.Number)
        .Column("bucket", "timestamptz", r => r.Key.Bucket.ToDateTimeOffset())
        .Column("kind", "text", r => Words.Of(r.Key.Kind))
        .Column("bin", "int", r => r.Key.Bin)
        .Column("calls", "bigint", r => r.Calls)
        .Column("microseconds", "bigint", r => r.Microseconds);

    private readonly Dictionary<Place, (long Calls, long Microseconds)> _sums = [];

    /// <param name="number">Empty for the whole company.</param>
    /// <param name="sign">1 to add, -1 to take away what was contributed before.</param>
    public void Add(string company, string number, Contribution contribution, int sign)
    {
        foreach (var wait in contribution.Waits)
        {
            var place = new Place(company, number, contribution.Bucket, wait.Kind, WaitBins.Of(wait.Microseconds));
            var (calls, microseconds) = _sums.GetValueOrDefault(place);
            _sums[place] = (calls + sign, microseconds + (sign * wait.Microseconds));
        }
    }

    public void QueueUpsert(IDocumentOperations operations)
    {
        var rows = _sums.Where(s => s.Value != (0, 0))
            .Select(s => new Row(s.Key, s.Value.Calls, s.Value.Microseconds))
            .OrderBy(r => r.Key.Company, StringComparer.Ordinal).ThenBy(r => r.Key.Number, StringComparer.Ordinal)
            .ThenBy(r => r.Key.Bucket).ThenBy(r => r.Key.Kind).ThenBy(r => r.Key.Bin).ToList();
        if (rows.Count > 0)
        {
            operations.QueueSqlCommand(Upsert.Sql, Upsert.Parameters(rows));
        }
        var left = rows.FindAll(r => r.Calls < 0);
        if (left.Count > 0)
        {
            operations.QueueSqlCommand(EmptySql, [.. Upsert.Parameters(left).Take(5)]);
        }
    }

    private sealed record Row(Place Key, long Calls, long Microseconds);

    private readonly record struct Place(string Company, string Number, Instant Bucket, WaitKind Kind, int Bin);
}
