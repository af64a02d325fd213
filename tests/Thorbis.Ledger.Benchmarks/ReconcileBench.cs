using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>A month's file of detail records over HTTP, against reading the same file with CsvHelper alone.</summary>
/// <remarks>The file has a row of each leg and message: of a million communications, more than a million.</remarks>
internal static class ReconcileBench
{
    private const int Rounds = 2;
    private const string Address = "/api/v1/reconciliations";

    // A record of each leg and message of the seeded month; of every hundredth, the amount is another. A leg's says no
    // type, as in the carrier's call reports: it bills the whole leg.
    private const string Records = """
        copy (
          select id, record_type, telnyx_leg_id, telnyx_session_id, uuid, direction, cli, cld, started_at,
                 started_at + interval '1 second' as finished_at, seconds as call_sec, seconds as billed_sec,
                 case when hashtext(id) % 100 = 0 then cost + 0.0001 else cost end as cost, '0.0020' as rate,
                 'minutes' as rate_measured_in, currency, 'rate-deck' as payment_method, 'true' as is_telnyx_billable,
                 'NORMAL_CLEARING' as hangup_cause, 'main' as connection_name, '1583941447772537867' as connection_id,
                 '' as tags, 'US' as country_code
          from (
            select 'r-' || call_id || '-' || place as id, null as record_type,
                   leg ->> 'legId' as telnyx_leg_id, call_id as telnyx_session_id, null as uuid,
                   case leg #>> '{start,direction}' when 'incoming' then 'inbound' else 'outbound' end as direction,
                   leg #>> '{start,from}' as cli, leg #>> '{start,to}' as cld,
                   coalesce((leg #>> '{start,at}')::timestamptz, usage_at) at time zone 'UTC' as started_at,
                   (leg #>> '{cost,billedSeconds}')::bigint as seconds,
                   (leg #>> '{cost,total,amount}')::numeric as cost,
                   coalesce(nullif(leg #>> '{cost,total,currency}', ''), 'USD') as currency
            from ledger.call, jsonb_array_elements(state::jsonb -> 'legs') with ordinality as legs(leg, place)
            where tenant_id = 'company-1'
            union all
            select message_id, 'message_detail_record', null, null, message_id,
                   case direction when 'incoming' then 'inbound' else 'outbound' end, number, party,
                   usage_at at time zone 'UTC', null, carrier_cost, coalesce(nullif(carrier_currency, ''), 'USD')
            from ledger.message where tenant_id = 'company-1') record
        ) to stdout (format csv, header)
        """;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await Ledgers.OfRowsAsync(rig, stop);
        await ledger.ExecuteAsync("truncate ledger.reconciliation, ledger.reconciliation_difference", stop);
        var key = await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        var file = Path.Combine(Path.GetTempPath(), $"records-{Environment.ProcessId}.csv");
        try
        {
            await WriteAsync(ledger, file, stop);
            await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
            using var asking = new Asking(server.Url, key);
            return await MeasureAsync(server, asking, file, stop);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<Figures> MeasureAsync(
        ChildServer server, Asking asking, string file, CancellationToken stop)
    {
        await WarmUpAsync(asking, file, stop);
        var before = server.ResidentMb;
        var (others, ours, most, rows) = (new List<double>(), new List<double>(), before, 0L);
        for (var round = 1; round <= Rounds; round++)
        {
            (rows, var alone) = Read(file);
            others.Add(alone);
            using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var watching = server.WatchAsync(done.Token);
            ours.Add(await CompareAsync(asking, file, round, rows, stop));
            await done.CancelAsync();
            most = Math.Max(most, await watching);
        }
        Rig.Tell($"resident memory of the server: {before:F0} MB before, {most:F0} MB at most");
        var (our, other) = (rows / ours.Min(), rows / others.Min());
        return new()
        {
            Ratio = our / other,
            Ours = our,
            Other = other,
            PerSecond = our,
            RssMb = most,
            Seconds = ours.Min(),
        };
    }

    private static async Task WriteAsync(LedgerAtHand ledger, string file, CancellationToken stop)
    {
        await using var connection = await ledger.Owner.OpenConnectionAsync(stop);
        using var copy = (StreamReader)await connection.BeginTextExportAsync(Records, stop);
        await using var bytes = File.Create(file);
        await copy.BaseStream.CopyToAsync(bytes, stop);
    }

    /// <summary>A short file, so that what every first request loads is no part of the first round.</summary>
    private static async Task WarmUpAsync(Asking asking, string file, CancellationToken stop)
    {
        var head = $"{file}.head";
        await File.WriteAllLinesAsync(head, File.ReadLines(file).Take(2_000), stop);
        await asking.PostFileAsync($"{Address}?from=2026-01-01&to=2026-01-02", head, stop);
        File.Delete(head);
    }

    /// <summary>Every cell of every row as text.</summary>
    private static (long Rows, double Seconds) Read(string file)
    {
        var since = Stopwatch.GetTimestamp();
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        var (rows, cells) = (-1L, 0L);
        for (; csv.Read(); rows++)
        {
            cells += csv.Parser.Record!.Length;
        }
        return (rows, Told($"CsvHelper alone ({Rig.Number(cells)} cells)", rows, since));
    }

    private static async Task<double> CompareAsync(
        Asking asking, string file, int round, long rows, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        // Each round asks for another range: the same would be answered with what came of it before.
        var (from, to) = (Seed.From - Duration.FromDays(1), Seed.Until + Duration.FromHours(round));
        var done = await asking.PostFileAsync($"{Address}?from={Text(from)}&to={Text(to)}", file, stop);
        var seconds = Told("reconciliation", rows, since);
        Rig.Tell(string.Join(", ", Totals(done, "recordTotals").Concat(Totals(done, "itemTotals"))));
        return done.GetProperty("records").GetInt64() == rows
            ? seconds
            : throw new InvalidOperationException($"Of {rows} records, {done.GetProperty("records")} were read.");
    }

    private static string Text(Instant instant) => InstantPattern.General.Format(instant);

    private static IEnumerable<string> Totals(JsonElement done, string list) =>
        done.GetProperty(list).EnumerateArray().Select(total =>
            $"{total.GetProperty(list == "itemTotals" ? "item" : "kind")} {total.GetProperty("class")} "
            + total.GetProperty("count"));

    private static double Told(string what, long rows, long since)
    {
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        Rig.Tell($"{what}: {Rig.Number(rows)} rows in {seconds:F2} s: {Rig.Number(rows / seconds)}/s");
        return seconds;
    }
}
