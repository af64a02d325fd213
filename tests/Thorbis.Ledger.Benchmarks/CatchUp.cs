using System.Diagnostics;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>Waits until every webhook taken is interpreted, and every fact is in the read models.</summary>
internal static class CatchUp
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const string Done = $"""
        select not exists (select 1 from intake.backlog where state = 'pending')
           and {ReadModelProgress.Sql} >= coalesce((select max(seq_id) from ledger.mt_events), 0)
        """;

    /// <returns>How long it took from now.</returns>
    public static async Task<TimeSpan> WaitAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        await using var done = database.CreateCommand(Done);
        while (!(bool)(await done.ExecuteScalarAsync(stop))!)
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"The ledger did not catch up within {Patience.TotalMinutes} minutes.");
            }
            await Task.Delay(Pause, stop);
        }
        return Stopwatch.GetElapsedTime(since);
    }
}
