using Npgsql;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>Sums usage buckets over the points of a range, in one statement.</summary>
public static class UsageReading
{
    /// <summary>The number under which buckets hold the whole company.</summary>
    private const string WholeCompany = "";

    private static readonly Figure[] All = Enum.GetValues<Figure>();

    private static readonly string SumSql = string.Join(", ", All.Select(SumOf));
    private static readonly string OfNumberSql = Sql("ledger.usage_bucket", "number");
    private static readonly string OfCentreSql = Sql("ledger.centre_bucket", "cost_centre");

    private static readonly string ByCentreSql = $"""
        select {ReadModelProgress.Sql}, sums.*
        from (select 1) one left join (
          select null as cost_centre, {SumSql}
          from ledger.usage_bucket
          where tenant_id = $1 and number = $2 and bucket >= $3 and bucket < $4
          union all
          select cost_centre, {SumSql}
          from ledger.centre_bucket
          where tenant_id = $1 and bucket >= $3 and bucket < $4
          group by cost_centre) sums on true
        order by cost_centre collate "C"
        """;

    /// <param name="number">Null for the whole company.</param>
    /// <returns>A sum per point of the range, and the place in the ledger that they stand at.</returns>
    public static Task<(long AsOf, UsageFigures[] Points)> ReadAsync(
        NpgsqlConnection connection, string company, string? number, UsageRange range, CancellationToken stop) =>
        ReadAsync(OfNumberSql, connection, company, number ?? WholeCompany, range, stop);

    /// <summary>The same of a cost centre.</summary>
    public static Task<(long AsOf, UsageFigures[] Points)> ReadCentreAsync(
        NpgsqlConnection connection, string company, string costCentre, UsageRange range, CancellationToken stop) =>
        ReadAsync(OfCentreSql, connection, company, costCentre, range, stop);

    /// <summary>The company's sums, and in them those of each cost centre that has any, ordered.</summary>
    public static async Task<(long AsOf, UsageFigures Company, List<(string CostCentre, UsageFigures Sums)> Centres)>
        ReadCentresAsync(NpgsqlConnection connection, string company, UsageRange range, CancellationToken stop)
    {
        await using var command = connection.Command(ByCentreSql, company, WholeCompany, range.From, range.To);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (asOf, whole, centres) = (0L, new UsageFigures(), new List<(string, UsageFigures)>());
        while (await rows.ReadAsync(stop))
        {
            asOf = rows.GetInt64(0);
            if (rows.Text(1) is { } centre)
            {
                centres.Add((centre, Read(rows)));
            }
            else if (!rows.IsDBNull(2))
            {
                whole = Read(rows);
            }
        }
        return (asOf, whole, centres);
    }

    private static async Task<(long AsOf, UsageFigures[] Points)> ReadAsync(
        string sql, NpgsqlConnection connection, string company, string key, UsageRange range, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        object[] values =
        [
            company, key, range.From, range.To,
            range.Points.Select(p => p.Start.ToInstant()).ToArray(),
        ];
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var rows = await command.ExecuteReaderAsync(stop);
        var points = new UsageFigures?[range.Points.Count];
        var asOf = 0L;
        while (await rows.ReadAsync(stop))
        {
            asOf = rows.GetInt64(0);
            if (!rows.IsDBNull(1))
            {
                points[rows.GetInt32(1) - 1] = Read(rows);
            }
        }
        return (asOf, [.. points.Select(sums => sums ?? new())]);
    }

    // Points are neighbours, so the place of a bucket among their starts tells its point. The left join keeps the
    // ledger's place when nothing happened.
    private static string Sql(string table, string key) => $"""
        select {ReadModelProgress.Sql}, sums.*
        from (select 1) one left join (
          select width_bucket(bucket, $5) as point, {SumSql}
          from {table}
          where tenant_id = $1 and {key} = $2 and bucket >= $3 and bucket < $4
          group by point) sums on true
        """;

    private static string SumOf(Figure figure) => $"sum({FigureColumns.NameOf(figure)})::bigint";

    private static UsageFigures Read(NpgsqlDataReader row)
    {
        var sums = new UsageFigures();
        for (var i = 0; i < All.Length; i++)
        {
            sums[All[i]] = row.GetInt64(i + 2);
        }
        return sums;
    }
}
