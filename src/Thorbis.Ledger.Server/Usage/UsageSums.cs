using Marten;
using NodaTime;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Analytics;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>
/// What one batch adds to the 15-minute buckets of usage and of waits, of companies (number empty) and of their
/// numbers.
/// </summary>
internal sealed class UsageSums
{
    /// <summary>Every call and message counts in one of these: where all are 0, the row holds nothing.</summary>
    private static readonly Figure[] Counted =
    [
        Figure.CallsIn, Figure.CallsOut, Figure.SmsIn, Figure.MmsIn, Figure.OtherIn, Figure.SmsOut, Figure.MmsOut,
        Figure.OtherOut,
    ];

    /// <summary>A bucket that everything has moved out of goes, as a rebuild would never have made it.</summary>
    private static readonly string EmptySql = $"""
        delete from ledger.usage_bucket b
        using unnest(?::text[], ?::text[], ?::timestamptz[]) as k(tenant_id, number, bucket)
        where b.tenant_id = k.tenant_id and b.number = k.number and b.bucket = k.bucket
          and {string.Join(" + ", Counted.Select(f => "b." + FigureColumns.NameOf(f)))} = 0
        """;

    private static readonly UnnestUpsert<Row> Upsert = BuildUpsert();
    private readonly Dictionary<(string Company, string Number, Instant Bucket), long[]> _sums = [];
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
            Add((company, number, contribution.Bucket), contribution.Figures, sign);
            _waits.Add(company, number, contribution, sign);
        }
    }

    public void QueueUpsert(IDocumentOperations operations)
    {
        var rows = _sums.Where(s => s.Value.AsSpan().ContainsAnyExcept(0L)).Select(s => new Row(s.Key, s.Value))
            .OrderBy(r => r.Key.Company, StringComparer.Ordinal).ThenBy(r => r.Key.Number, StringComparer.Ordinal)
            .ThenBy(r => r.Key.Bucket).ToList();
        if (rows.Count > 0)
        {
            operations.QueueSqlCommand(Upsert.Sql, Upsert.Parameters(rows));
        }
        var left = rows.FindAll(r => Counted.Any(figure => r.Figures[(int)figure] < 0));
        if (left.Count > 0)
        {
            operations.QueueSqlCommand(EmptySql,
                left.Select(r => r.Key.Company).ToArray(), left.Select(r => r.Key.Number).ToArray(),
                left.Select(r => r.Key.Bucket.ToDateTimeOffset()).ToArray());
        }
        _waits.QueueUpsert(operations);
    }

    private void Add((string, string, Instant) key, long[] figures, int sign)
    {
        if (!_sums.TryGetValue(key, out var sum))
        {
            _sums[key] = sum = new long[figures.Length];
        }
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += sign * figures[i];
        }
    }

    private static UnnestUpsert<Row> BuildUpsert()
    {
        var upsert = new UnnestUpsert<Row>(
                "ledger.usage_bucket", ["tenant_id", "number", "bucket"], "{0} = usage_bucket.{0} + excluded.{0}")
            .Column("tenant_id", "text", r => r.Key.Company)
            .Column("number", "text", r => r.Key.Number)
            .Column("bucket", "timestamptz", r => r.Key.Bucket.ToDateTimeOffset());
        foreach (var figure in Enum.GetValues<Figure>())
        {
            upsert.Column(FigureColumns.NameOf(figure), "bigint", r => r.Figures[(int)figure]);
        }
        return upsert;
    }

    private sealed record Row((string Company, string Number, Instant Bucket) Key, long[] Figures);
}
