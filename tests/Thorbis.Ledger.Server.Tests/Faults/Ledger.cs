using System.Text.Json;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;
using Thorbis.Ledger.Server.Webhooks;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>One fact as it is stored, in its stream.</summary>
/// <param name="Sequence">Its place in the ledger.</param>
internal sealed record Recorded(long Sequence, string Company, string Stream, Fact Fact);

/// <summary>What the database of a ledger holds, read past the server.</summary>
internal sealed class Ledger(NpgsqlDataSource database, CancellationToken stop)
{
    private static readonly Dictionary<string, Type> Types = FactCatalogue.All.ToDictionary(f => f.Name, f => f.Type);

    private static readonly (string Table, string Key)[] ReadModels =
    [
        ("ledger.call", "tenant_id, call_id"),
        ("ledger.message", "tenant_id, message_id"),
        ("ledger.usage_bucket", "tenant_id, number, bucket"),
        ("ledger.cost_line", "tenant_id, seq, ordinal"),
        ("ledger.cost_month", "tenant_id, month, source, service, number, direction, country, cost_centre, currency"),
        ("ledger.cost_day",
            "tenant_id, day, epoch, source, service, number, direction, country, cost_centre, currency"),
        ("ledger.cost_quarter",
            "tenant_id, bucket, epoch, source, service, direction, country, cost_centre, currency"),
        ("ledger.cost_account", "tenant_id, stream"),
        ("ledger.wait_bucket", "tenant_id, number, bucket, kind, bin"),
        ("ledger.centre_bucket", "tenant_id, cost_centre, bucket"),
        ("ledger.usage_centre", "tenant_id, seq"),
        ("ledger.cost_centre", "tenant_id, seq"),
    ];

    /// <summary>A company with its numbers, confirmed, served by the development account.</summary>
    public async Task AddAsync(SimulatedCompany company, Instant heldFrom)
    {
        await using var command = database.Command("""
            with opened as (
              insert into platform.company values ($1, $2, $3, $4) returning company_id),
            served as (
              insert into platform.account_company select 'development', company_id from opened)
            insert into platform.number_ownership
              (ownership_id, number, tenant_id, held, registered_at, registered_by, confirmed_at, confirmed_by)
            select gen_random_uuid(), number, company_id, tstzrange($4, null), $4, 'test', $4, 'test'
            from opened, unnest($5) as number
            """, company.CompanyId, company.Name, company.Zone, heldFrom, company.Numbers.ToArray());
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>What interpretation and projection still have before them; null: nothing.</summary>
    public async Task<string?> UnsettledAsync()
    {
        var open = await TextsAsync($"""
            select format('%s webhooks are pending (such as %s), the projection is at %s of %s',
              pending, coalesce(such, 'none'), projected, recorded)
            from (select
              (select count(*) from intake.backlog where state = 'pending') as pending,
              (select event_type || ' ' || event_id from intake.backlog join intake.entry using (journal_id)
                where state = 'pending' limit 1) as such,
              least({ReadModelProgress.Sql}, {ReadModelProgress.CostsSql}) as projected,
              (select coalesce(max(seq_id), 0) from ledger.mt_events) as recorded) as now
            where pending > 0 or projected < recorded
            """);
        return open.SingleOrDefault();
    }

    /// <summary>The first column of a query.</summary>
    public async Task<List<string>> TextsAsync(string sql)
    {
        await using var command = database.Command(sql);
        return await command.ListAsync(row => row.GetString(0), stop);
    }

    /// <summary>Company and id of each row, parted by a space, ordered.</summary>
    public Task<List<string>> KeysAsync(string table, string id) => TextsAsync(
        $"""select key from (select tenant_id || ' ' || {id} as key from {table}) as rows order by key collate "C" """);

    /// <summary>In the order they were recorded.</summary>
    public async Task<List<Recorded>> FactsAsync()
    {
        await using var command = database.Command(
            "select seq_id, tenant_id, stream_id, type, data::text from ledger.mt_events order by seq_id");
        return await command.ListAsync(
            row => new Recorded(
                row.GetInt64(0), row.GetString(1), row.GetString(2), (Fact)JsonSerializer.Deserialize(
                    row.GetString(4), Types[row.GetString(3)], LedgerJson.Options)!),
            stop);
    }

    public Task<Dictionary<(string Company, string Number, Instant Bucket), long[]>> BucketsAsync() =>
        BucketsAsync("ledger.usage_bucket", "number");

    /// <summary>The sums of every cost centre; those of what has none are not kept.</summary>
    public Task<Dictionary<(string Company, string Centre, Instant Bucket), long[]>> CentresAsync() =>
        BucketsAsync("ledger.centre_bucket", "cost_centre");

    private async Task<Dictionary<(string, string, Instant), long[]>> BucketsAsync(string table, string key)
    {
        await using var command = database.Command(
            $"select tenant_id, {key}, bucket, {string.Join(", ", FigureColumns.All)} from {table}");
        var rows = await command.ListAsync(
            row => (
                Key: (row.GetString(0), row.GetString(1), row.GetFieldValue<Instant>(2)),
                Figures: Enumerable.Range(3, Contribution.FigureCount).Select(row.GetInt64).ToArray()),
            stop);
        return rows.ToDictionary(row => row.Key, row => row.Figures);
    }

    /// <summary>One line per bin that holds waits, ordered.</summary>
    public Task<List<string>> WaitsAsync() => TextsAsync("""
        select line from (
          select concat_ws(' ', tenant_id, number, extract(epoch from bucket)::bigint, kind, bin, calls, microseconds)
            as line
          from ledger.wait_bucket) as bins
        order by line collate "C"
        """);

    /// <summary>One line per read model: its rows, all columns of them, in the order of their keys.</summary>
    public async Task<List<string>> ReadModelsAsync()
    {
        var hashes = new List<string>();
        foreach (var (table, key) in ReadModels)
        {
            hashes.AddRange(await TextsAsync($"""
                select format('{table}: %s rows, %s', count(*), md5(string_agg(t::text, E'\n' order by {key})))
                  from {table} t
                """));
        }
        return hashes;
    }
}
