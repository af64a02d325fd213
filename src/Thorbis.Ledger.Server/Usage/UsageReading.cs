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

    // Points are neighbours, so the place of a bucket among their starts tells its point. The left join keeps the
    // ledger's place when nothing happened.
    private static readonly string Sql = $"""
        select {ReadModelProgress.Sql}, sums.*
        from (select 1) one left join (
          select width_bucket(bucket, $5) as point, {string.Join(", ", All.Select(SumOf))}
          from ledger.usage_bucket
          where tenant_id = $1 and number = $2 and bucket >= $3 and bucket < $4
          group by point) sums on true
        """;

    /// <param name="number">Null for the whole company.</param>
    /// <returns>A sum per point of the range, and the place in the ledger that they stand at.</returns>
    public static async Task<(long AsOf, UsageFigures[] Points)> ReadAsync(
        NpgsqlConnection connection, string company, string? number, UsageRange range, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        object[] values =
        [
            company, number ?? WholeCompany, range.From, range.To,
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
