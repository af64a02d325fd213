using System.Diagnostics;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>
/// Makes a seeded ledger larger: each call and message happens again and again at the same times, under other ids.
/// Facts, read models and the journal's rows stay what the server would have made of them; bodies are left out.
/// </summary>
internal sealed class Copies(LedgerAtHand ledger)
{
    /// <param name="times">How often each communication is in the ledger afterwards.</param>
    public async Task MultiplyAsync(int times, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var facts = await ledger.NumberAsync("select max(seq_id) from ledger.mt_events", stop);
        for (var copy = 1; copy < times; copy++)
        {
            await CopyRowsAsync("ledger.mt_streams", "id", $"{copy}", null, stop);
            await CopyAsync("ledger.mt_events", new()
            {
                ["seq_id"] = $"seq_id + {copy * facts}",
                ["id"] = "gen_random_uuid()",
                ["stream_id"] = $"stream_id || '~{copy}'",
            }, $"seq_id <= {facts}", stop);
            await CopyRowsAsync("ledger.call", "call_id", $"{copy}", null, stop);
            await CopyRowsAsync("ledger.message", "message_id", $"{copy}", null, stop);
        }
        await MultiplyUsageAsync(times, stop);
        await ledger.ExecuteAsync(
            $"update ledger.mt_event_progression set last_seq_id = last_seq_id * {times}", stop);
        await Seed.SettleAsync(ledger, stop);
        Rig.Tell($"{times} times that by copying, in {Stopwatch.GetElapsedTime(since).TotalSeconds:F0} s");
    }

    /// <summary>Rows of calls and messages alone, for what reads nothing else: so many or more.</summary>
    public async Task RowsAsync(int rows, CancellationToken stop)
    {
        var made = await ledger.CountAsync("ledger.call", stop) + await ledger.CountAsync("ledger.message", stop);
        for (var copy = 1; copy * made < rows; copy++)
        {
            await CopyRowsAsync("ledger.call", "call_id", $"{copy}", null, stop);
            await CopyRowsAsync("ledger.message", "message_id", $"{copy}", null, stop);
        }
        await ledger.ExecuteAsync("vacuum analyze", stop);
    }

    /// <summary>More call rows alone, for files that are made of nothing else.</summary>
    public async Task CallsAsync(int rows, CancellationToken stop)
    {
        var calls = await ledger.CountAsync("ledger.call", stop);
        for (var copy = 1; calls < rows; copy++)
        {
            await CopyRowsAsync("ledger.call", "call_id", $"more{copy}", rows - calls, stop);
            calls = await ledger.CountAsync("ledger.call", stop);
        }
        await ledger.ExecuteAsync("vacuum analyze ledger.call", stop);
    }

    /// <summary>The cost ledger as it would be had each line come so many times, later and later.</summary>
    public async Task CostsAsync(int times, CancellationToken stop)
    {
        var facts = await ledger.NumberAsync("select max(seq_id) from ledger.mt_events", stop);
        for (var copy = 1; copy < times; copy++)
        {
            await CopyAsync(
                "ledger.cost_line", new() { ["seq"] = $"seq + {copy * facts}", ["stream"] = $"stream || '~{copy}'" },
                $"seq <= {facts}", stop);
        }
        string[] sums = ["cost_month", "cost_day", "cost_quarter"];
        string[] starts = ["date_trunc('month', at)::date", "at::date", "bucket"];
        for (var i = 0; i < sums.Length; i++)
        {
            var epoch = i == 0 ? "" : $"seq / {CostTables.Epoch}, ";
            var number = i == 2 ? "" : "coalesce(number, ''), ";
            await ledger.ExecuteAsync($"truncate ledger.{sums[i]}", stop);
            await ledger.ExecuteAsync($"""
                insert into ledger.{sums[i]}
                select tenant_id, {starts[i]}, {epoch}source, service, {number}coalesce(direction, ''),
                  coalesce(country, ''), cost_centre, currency, count(*), sum(quantity), sum(amount)
                from (select *, occurred_at at time zone '{Traffic.Company.Zone}' as at,
                        to_timestamp(floor(extract(epoch from occurred_at) / 900) * 900) as bucket
                      from ledger.cost_line) lines
                group by {string.Join(", ", Enumerable.Range(1, 10 - (i == 1 ? 0 : 1)))}
                """, stop);
        }
        await ledger.ExecuteAsync($"""
            update ledger.mt_event_progression set last_seq_id = {facts * times}
            where name in ('costs:All', 'communications:All', 'HighWaterMark')
            """, stop);
        await ledger.ExecuteAsync($"select setval('ledger.mt_events_sequence', {facts * times})", stop);
        await ledger.ExecuteAsync("vacuum analyze", stop);
    }

    /// <summary>The journal rows that the facts would have come with.</summary>
    public async Task JournalAsync(CancellationToken stop)
    {
        await ledger.ExecuteAsync("""
            insert into intake.entry
              (journal_id, received_at, event_id, event_type, attempt, account_id, key_id, claims)
            select (lpad(to_hex(seq_id), 12, '0') || '7' || substr(md5(seq_id::text), 1, 3) || '8'
                    || substr(md5(seq_id::text), 4, 15))::uuid,
                   timestamp, gen_random_uuid(), type, 1, 'development', id, true
            from ledger.mt_events order by seq_id
            """, stop);
        await ledger.ExecuteAsync("""
            insert into intake.journal_company (tenant_id, journal_id, event_type, facts)
            select 'company-1', journal_id, event_type, array[event_type] from intake.entry order by journal_id
            """, stop);
        await ledger.ExecuteAsync("""
            insert into intake.leg (leg_id, control_id, session_id, tenant_id, own_number, decided_by)
            select substr(stream_id, 6) || (data->>'legId'), substr(stream_id, 6) || (data->>'controlId'),
                   substr(stream_id, 6), tenant_id, data->>'ownNumber', 'number'
            from ledger.mt_events where type = 'call_initiated'
            on conflict do nothing
            """, stop);
        await ledger.ExecuteAsync("vacuum analyze", stop);
    }

    /// <param name="most">Rows to copy at most; null for all that are no copies themselves.</param>
    private Task CopyRowsAsync(string table, string id, string copy, long? most, CancellationToken stop) => CopyAsync(
        table, new() { [id] = $"{id} || '~{copy}'" },
        $"{id} not like '%~%' {(most is null ? "" : $"limit {most}")}", stop);

    private async Task CopyAsync(
        string table, Dictionary<string, string> changed, string where, CancellationToken stop)
    {
        await using var columns = ledger.Owner.Command(
            "select attname::text from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped",
            table);
        var names = await columns.ListAsync(row => row.GetString(0), stop);
        await ledger.ExecuteAsync($"""
            insert into {table} ({string.Join(", ", names)})
            select {string.Join(", ", names.Select(name => changed.GetValueOrDefault(name, name)))}
            from {table} where {where}
            """, stop);
    }

    private Task MultiplyUsageAsync(int times, CancellationToken stop)
    {
        var figures = Enum.GetValues<Domain.Usage.Figure>().Select(figure => Server.Usage.FigureColumns.NameOf(figure));
        var multiplied = string.Join(", ", figures.Select(name => $"{name} = {name} * {times}"));
        return ledger.ExecuteAsync($"update ledger.usage_bucket set {multiplied}", stop);
    }
}
