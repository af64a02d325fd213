using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>A sum of cost lines.</summary>
/// <param name="Point">Place in the range's points, from 0; null without a series.</param>
/// <param name="Keys">By <see cref="CostKey"/>: null where it was not asked for, empty where lines have none.</param>
internal sealed record CostSum(
    int? Point, string?[] Keys, string Source, string Currency, long Lines, long Quantity, decimal Amount)
{
    public string? Of(CostKey key) => Keys[(int)key];
}

/// <summary>
/// Sums the cost ledger from the coarsest tables that hold the answer exactly: months, days, quarters of an hour, and
/// the lines themselves where a range cuts through those.
/// </summary>
internal sealed class CostReading
{
    private static readonly int KeyCount = Enum.GetValues<CostKey>().Length;
    private readonly CostQuestion _question;
    private readonly KnownAt _known;
    private readonly Selection _selection;
    private readonly List<string> _parts = [];

    private CostReading(CostQuestion question, KnownAt known, string company) =>
        (_question, _known, _selection) = (question, known, new(company));

    /// <returns>The sums, and the place in the ledger that they stand at.</returns>
    public static async Task<(long Sequence, List<CostSum> Sums)> ReadAsync(
        CostQuestion question, KnownAt known, string company, NpgsqlConnection connection, CancellationToken stop)
    {
        var reading = new CostReading(question, known, company);
        await using var command = reading._selection.Command(connection, reading.Build());
        await using var rows = await command.ExecuteReaderAsync(stop);
        var sums = new List<CostSum>();
        var sequence = 0L;
        while (await rows.ReadAsync(stop))
        {
            sequence = known.Sequence ?? rows.GetInt64(0);
            if (!rows.IsDBNull(2))
            {
                sums.Add(new(
                    rows.Value<int>(1) - 1, Keys(question, rows), rows.GetString(2), rows.GetString(3),
                    rows.GetInt64(4), rows.GetInt64(5), rows.GetDecimal(6)));
            }
        }
        return (sequence, sums);
    }

    private static string?[] Keys(CostQuestion question, NpgsqlDataReader row)
    {
        var keys = new string?[KeyCount];
        for (var i = 0; i < question.Keys.Count; i++)
        {
            keys[(int)question.Keys[i]] = row.GetString(7 + i);
        }
        return keys;
    }

    private string Build()
    {
        AddParts();
        string[] keys = [.. _question.Keys.Select(ColumnOf)];
        var grouped = string.Join(", ", keys.Prepend("currency").Prepend("source").Prepend("point"));
        return $"""
            select {ReadModelProgress.CostsSql}, sums.*
            from (select 1) one left join (
              select point, source, currency, sum(lines)::bigint, sum(quantity)::bigint, sum(amount)
                {string.Concat(keys.Select(key => ", " + key))}
              from ({string.Join(" union all ", _parts)}) parts
              group by {grouped}) sums on true
            order by {string.Join(", ", keys.Select(key => "sums." + key).Prepend("sums.point"))}, source, currency
            """;
    }

    /// <summary>The answer can be put together of the company's own days.</summary>
    private bool IsOfDays => _question.Step is null
        || (_question.Step != UsageStep.Hour && _question.Range.Zone.Equals(_question.Home));

    private bool AsksNumbers => _question.Number is not null || _question.Keys.Contains(CostKey.Number);

    private void AddParts()
    {
        var (from, to) = (_question.Range.From, _question.Range.To);
        if (IsOfDays && IsMidnight(from) && IsMidnight(to))
        {
            AddWholeDays(DateOf(from), DateOf(to));
        }
        else if (!AsksNumbers)
        {
            AddSums("cost_quarter", "bucket", "''", from, to, from, to);
        }
        else if (_question.Step is null && FirstMidnight(from) < DateOf(to))
        {
            AddDays("cost_day", "day", FirstMidnight(from), DateOf(to));
            AddLines(from, StartOf(FirstMidnight(from)));
            AddLines(StartOf(DateOf(to)), to);
        }
        else
        {
            AddLines(from, to);
        }
    }

    private void AddWholeDays(LocalDate from, LocalDate to)
    {
        var months = _known.Sequence is null && _question.Step is null or UsageStep.Month
            && from.Day == 1 && to.Day == 1;
        AddDays(months ? "cost_month" : "cost_day", months ? "month" : "day", from, to);
    }

    private void AddDays(string table, string start, LocalDate from, LocalDate to) =>
        AddSums(table, start, "number", from, to, StartOf(from), StartOf(to));

    /// <summary>From a table of sums; as known earlier, its whole epochs before that and the lines since.</summary>
    private void AddSums<TStart>(
        string table, string start, string number, TStart from, TStart to, Instant since, Instant until)
        where TStart : struct
    {
        var whole = "";
        if (_known.Sequence is { } known)
        {
            var epoch = known / CostTables.Epoch;
            whole = $" and epoch < {_selection.Parameter(epoch)}";
            AddLines(since, until, epoch * CostTables.Epoch);
        }
        _parts.Add($"""
            select {Point(start, from is LocalDate)} as point, source, currency, service, {number} as number,
              direction, country, cost_centre, lines, quantity, amount
            from ledger.{table}
            where tenant_id = $1 and {start} >= {_selection.Parameter(from)}
              and {start} < {_selection.Parameter(to)}{whole} {Filter(number)}
            """);
    }

    private void AddLines(Instant from, Instant to, long sinceSequence = 0)
    {
        var known = _known.Sequence is { } sequence ? $" and seq <= {_selection.Parameter(sequence)}" : "";
        known += sinceSequence > 0 ? $" and seq >= {_selection.Parameter(sinceSequence)}" : "";
        _parts.Add($"""
            select {Point("occurred_at", false)} as point, source, currency, service, coalesce(number, '') as number,
              coalesce(direction, '') as direction, coalesce(country, '') as country, cost_centre, 1 as lines,
              quantity, amount
            from ledger.cost_line
            where tenant_id = $1 and occurred_at >= {_selection.Parameter(from)}
              and occurred_at < {_selection.Parameter(to)}{known} {Filter("number")}
            """);
    }

    private string Point(string column, bool dates)
    {
        if (_question.Step is null)
        {
            return "1";
        }
        var starts = _question.Range.Points.Select(p => p.Start);
        return $"width_bucket({column}, {_selection.Parameter(dates
            ? starts.Select(start => start.Date).ToArray()
            : starts.Select(start => start.ToInstant()).ToArray())})";
    }

    private string Filter(string number) =>
        (_question.Source is { } source ? $"and source = {_selection.Parameter(source)} " : "")
        + (_question.Number is { } asked ? $"and {number} = {_selection.Parameter(asked)}" : "");

    private bool IsMidnight(Instant at) => StartOf(DateOf(at)) == at;

    private LocalDate DateOf(Instant at) => at.InZone(_question.Home).Date;

    private Instant StartOf(LocalDate date) => _question.Home.AtStartOfDay(date).ToInstant();

    private LocalDate FirstMidnight(Instant from) => IsMidnight(from) ? DateOf(from) : DateOf(from).PlusDays(1);

    private static string ColumnOf(CostKey key) => Words.Of(key);
}
