using Marten;
using NodaTime;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Analytics;
using Thorbis.Ledger.Server.Hosting;
using Sums = System.Collections.Generic.Dictionary<
    (string Company, string Key, NodaTime.Instant Bucket), long[]>;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>
/// What one batch adds to the 15-minute buckets of usage and of waits, of companies (number empty) and of their
/// numbers; and to those of usage of their cost centres.
/// </summary>
internal sealed class UsageSums
{
    /// <summary>Every call and message counts in one of these: where all are 0, the row holds nothing.</summary>
    private static readonly Figure[] Counted =
    [
        Figure.CallsIn, Figure.CallsOut, Figure.SmsIn, Figure.MmsIn, Figure.OtherIn, Figure.SmsOut, Figure.MmsOut,
        Figure.OtherOut,
    ];

    private static readonly string IsEmpty =
        $"{string.Join(" + ", Counted.Select(f => "b." + FigureColumns.NameOf(f)))} = 0";

    private static readonly Table Numbers = Build("ledger.usage_bucket", "number");
    private static readonly Table Centres = Build("ledger.centre_bucket", "cost_centre");
    private readonly Sums _sums = [];
    private readonly Sums _centres = [];
    private readonly WaitSums _waits = new();

    public IEnumerable<string> Companies => _sums.Keys.Select(k => k.Company).Distinct();

    /// <param name="sign">1 to add, -1 to take away what was contributed before.</param>
    public void Add(string company, Contribution? contribution, int sign)
    {
        if (contribution is null)
        {
            return;
        }
        foreach (var number in contribution.Numbers.Prepend(""))
        {
            Add(_sums, (company, number, contribution.Bucket), contribution.Figures, sign);
            _waits.Add(company, number, contribution, sign);
        }
        if (contribution.CostCentre is { } centre)
        {
            Add(_centres, (company, centre, contribution.Bucket), contribution.Figures, sign);
        }
    }

    public void QueueUpsert(IDocumentOperations operations)
    {
        Queue(operations, Numbers, _sums);
        Queue(operations, Centres, _centres);
        _waits.QueueUpsert(operations);
    }

    private static void Queue(IDocumentOperations operations, Table table, Sums sums)
    {
        var rows = sums.Where(s => s.Value.AsSpan().ContainsAnyExcept(0L)).Select(s => new Row(s.Key, s.Value))
            .OrderBy(r => r.Key.Company, StringComparer.Ordinal).ThenBy(r => r.Key.Key, StringComparer.Ordinal)
            .ThenBy(r => r.Key.Bucket).ToList();
        if (rows.Count > 0)
        {
            operations.QueueSqlCommand(table.Upsert.Sql, table.Upsert.Parameters(rows));
        }
        var left = rows.FindAll(r => Counted.Any(figure => r.Figures[(int)figure] < 0));
        if (left.Count > 0)
        {
            operations.QueueSqlCommand(table.EmptySql,
                left.Select(r => r.Key.Company).ToArray(), left.Select(r => r.Key.Key).ToArray(),
                left.Select(r => r.Key.Bucket.ToDateTimeOffset()).ToArray());
        }
    }

    private static void Add(Sums sums, (string, string, Instant) key, long[] figures, int sign)
    {
        if (!sums.TryGetValue(key, out var sum))
        {
            sums[key] = sum = new long[figures.Length];
        }
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += sign * figures[i];
        }
    }

    /// <param name="key">The column beside company and bucket.</param>
    private static Table Build(string table, string key)
    {
        var name = table[(table.IndexOf('.') + 1)..];
        var upsert = new UnnestUpsert<Row>(
                table, ["tenant_id", key, "bucket"], $"{{0}} = {name}.{{0}} + excluded.{{0}}")
            .Column("tenant_id", "text", r => r.Key.Company)
            .Column(key, "text", r => r.Key.Key)
            .Column("bucket", "timestamptz", r => r.Key.Bucket.ToDateTimeOffset());
        foreach (var figure in Enum.GetValues<Figure>())
        {
            upsert.Column(FigureColumns.NameOf(figure), "bigint", r => r.Figures[(int)figure]);
        }
        return new(upsert, $"""
            delete from {table} b
            using unnest(?::text[], ?::text[], ?::timestamptz[]) as k(tenant_id, key, bucket)
            where b.tenant_id = k.tenant_id and b.{key} = k.key and b.bucket = k.bucket and {IsEmpty}
            """);
    }

    /// <param name="EmptySql">A bucket that everything has moved out of goes, as a rebuild would never have made
    /// it.</param>
    private sealed record Table(UnnestUpsert<Row> Upsert, string EmptySql);

    private sealed record Row((string Company, string Key, Instant Bucket) Key, long[] Figures);
}
