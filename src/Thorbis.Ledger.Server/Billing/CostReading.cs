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
    private static readonly Table Days = new("cost_day", "day", "number");
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
        sums.Sort((one, other) => Compare(one, other, question.Keys));
        return (sequence, sums);
    }

    /// <summary>By time, by the keys in the order asked, then by source and currency.</summary>
    /// <remarks>Postgres sorts thousands of rows by texts three times slower.</remarks>
    private static int Compare(CostSum one, CostSum other, IReadOnlyList<CostKey> keys)
    {
        var order = Nullable.Compare(one.Point, other.Point);
        for (var i = 0; order == 0 && i < keys.Count; i++)
        {
            order = string.CompareOrdinal(one.Of(keys[i]), other.Of(keys[i]));
        }
        order = order != 0 ? order : string.CompareOrdinal(one.Source, other.Source);
        return order != 0 ? order : string.CompareOrdinal(one.Currency, other.Currency);
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
              group by {grouped} having sum(lines) <> 0) sums on true
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
            AddDays(DateOf(from), DateOf(to));
        }
        else if (!AsksNumbers)
        {
            AddSums(new("cost_quarter", "bucket", "''"), from, to, from, to);
        }
        else if (_question.Step is null && FirstMidnight(from) < DateOf(to))
        {
            AddDays(FirstMidnight(from), DateOf(to));
            AddLines(from, StartOf(FirstMidnight(from)));
            AddLines(StartOf(DateOf(to)), to);
        }
        else
        {
            AddLines(from, to);
        }
    }

    private void AddDays(LocalDate from, LocalDate to)
    {
        // Months are kept as they are now: for an earlier state, what came later is taken from them.
        var months = (_known.Sequence is null || _known.Late) && _question.Step is null or UsageStep.Month
            && from.Day == 1 && to.Day == 1;
        AddSums(Days, from, to, StartOf(from), StartOf(to), months ? new("cost_month", "month", "number") : null);
    }

    /// <summary>
    /// Sums of a range: as they are now; as known at an early place, the epochs before it and the lines of its own up
    /// to it; at a late one, those of now less what came after it.
    /// </summary>
    /// <param name="now">A coarser table that holds the sums of now; null for the same.</param>
    private void AddSums<TStart>(
        Table table, TStart from, TStart to, Instant since, Instant until, Table? now = null)
        where TStart : struct
    {
        if (_known.Sequence is not { } known)
        {
            AddTable(now ?? table, from, to);
            return;
        }
        var epoch = known / CostTables.Epoch;
        if (!_known.Late)
        {
            AddTable(table, from, to, $"and epoch < {_selection.Parameter(epoch)}");
            AddLines(since, until, $"and seq >= {_selection.Parameter(epoch * CostTables.Epoch)} and seq <= "
                + _selection.Parameter(known));
            return;
        }
        AddTable(now ?? table, from, to);
        AddTable(table, from, to, $"and epoch > {_selection.Parameter(epoch)}", "-");
        AddLines(since, until, $"and seq > {_selection.Parameter(known)} and seq < "
            + _selection.Parameter((epoch + 1) * CostTables.Epoch), "-");
    }

    private void AddTable<TStart>(Table table, TStart from, TStart to, string epochs = "", string sign = "")
        where TStart : struct => _parts.Add($"""
            select {Point(table.Start, from is LocalDate)} as point, source, currency, service,
              {table.Number} as number, direction, country, cost_centre, {sign}lines as lines,
              {sign}quantity as quantity, {sign}amount as amount
            from ledger.{table.Name}
            where tenant_id = $1 and {table.Start} >= {_selection.Parameter(from)}
              and {table.Start} < {_selection.Parameter(to)} {epochs} {Filter(table.Number)}
            """);

    /// <summary>Lines of a range up to the place in question.</summary>
    private void AddLines(Instant from, Instant to) => AddLines(
        from, to, _known.Sequence is { } known ? $"and seq <= {_selection.Parameter(known)}" : "");

    private void AddLines(Instant from, Instant to, string places, string sign = "") => _parts.Add($"""
            select {Point("occurred_at", false)} as point, source, currency, service, coalesce(number, '') as number,
              coalesce(direction, '') as direction, coalesce(country, '') as country, cost_centre, {sign}1 as lines,
              {sign}quantity as quantity, {sign}amount as amount
            from ledger.cost_line
            where tenant_id = $1 and occurred_at >= {_selection.Parameter(from)}
              and occurred_at < {_selection.Parameter(to)} {places} {Filter("number")}
            """);

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
        + (_question.Number is { } asked ? $"and {number} = {_selection.Parameter(asked)} " : "")
        + (_question.CostCentre is { } centre ? $"and cost_centre = {_selection.Parameter(centre)}" : "");

    private bool IsMidnight(Instant at) => StartOf(DateOf(at)) == at;

    private LocalDate DateOf(Instant at) => at.InZone(_question.Home).Date;

    private Instant StartOf(LocalDate date) => _question.Home.AtStartOfDay(date).ToInstant();

    private LocalDate FirstMidnight(Instant from) => IsMidnight(from) ? DateOf(from) : DateOf(from).PlusDays(1);

    private static string ColumnOf(CostKey key) => Words.Of(key);

    /// <param name="Start">Column of the time that a row sums up.</param>
    /// <param name="Number">Expression of the number; an empty text where sums leave it out.</param>
    private sealed record Table(string Name, string Start, string Number);
}
