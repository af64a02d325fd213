using Microsoft.Extensions.Options;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>
/// Turns pending webhooks into facts, in batches of one transaction each. A webhook that fails does not hold up the
/// others: the batch is halved until it stands alone, and is kept with its error.
/// </summary>
public sealed class Interpreter(
    LedgerDatabase database, InterpretationBatch batches, IntakePressure pressure, IntakeMetrics metrics,
    IOptions<IntakeOptions> options, TimeProvider time, ILogger<Interpreter> log)
{
    private const int RetriesMax = 6;
    private const int ErrorCharactersMax = 2_000;
    private static readonly TimeSpan TurnMax = TimeSpan.FromSeconds(10);

    /// <returns>True when its turn ended before the backlog did.</returns>
    public async Task<bool> DrainAsync(CancellationToken stop)
    {
        await pressure.YieldAsync(stop);
        var began = time.GetTimestamp();
        while (await PendingAsync(stop) is { Count: > 0 } pending && await InterpretAsync(pending, stop) > 0)
        {
            await pressure.YieldAsync(stop);
            if (time.GetElapsedTime(began) > TurnMax)
            {
                return true;
            }
        }
        return false;
    }

    private async Task<List<Guid>> PendingAsync(CancellationToken stop)
    {
        await using var command = database.Owner.CreateCommand(
            "select journal_id from intake.backlog where state = 'pending' order by journal_id limit $1");
        command.Parameters.Add(new() { Value = options.Value.InterpretLength });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(stop))
        {
            ids.Add(reader.GetGuid(0));
        }
        return ids;
    }

    /// <returns>How many left the pending state. None: they are held elsewhere, and the sweep looks again.</returns>
    private async Task<int> InterpretAsync(List<Guid> ids, CancellationToken stop)
    {
        try
        {
            var done = await WithRetriesAsync(ids, stop);
            metrics.Interpreted(done);
            return done;
        }
        catch (Exception problem) when (IsOfTheData(problem))
        {
            if (ids.Count == 1)
            {
                await SetAsideAsync(ids[0], problem, stop);
                return 1;
            }
            return await InterpretAsync(ids[..(ids.Count / 2)], stop) + await InterpretAsync(ids[(ids.Count / 2)..],
                stop);
        }
    }

    /// <summary>Two nodes may meet on one stream: the loser's batch is simply done again.</summary>
    private async Task<int> WithRetriesAsync(List<Guid> ids, CancellationToken stop)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await batches.RunAsync(ids, stop);
            }
            catch (Exception race) when (attempt < RetriesMax && IsLostRace(race))
            {
                log.LogDebug(race, "A batch met another on the same streams and is done again.");
            }
        }
    }

    private async Task SetAsideAsync(Guid id, Exception problem, CancellationToken stop)
    {
        log.LogError(problem, "Webhook {JournalId} could not be interpreted and is kept with its error.", id);
        metrics.Failed(1);
        var error = problem.ToString().Replace('\0', '\ufffd');
        await using var command = database.Owner.CreateCommand("""
            update intake.backlog set state = 'failed', keys = null, reason = $2, error = $3, tries = tries + 1
            where journal_id = $1
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = problem.Message.Replace('\0', '\ufffd') });
        command.Parameters.Add(new() { Value = error[..Math.Min(error.Length, ErrorCharactersMax)] });
        await command.ExecuteNonQueryAsync(stop);
    }

    private static bool IsLostRace(Exception problem) =>
        problem is JasperFx.ConcurrencyException || Postgres(problem)?.SqlState is
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.UniqueViolation;

    /// <summary>Not a database that is away or a host that stops: those are tried again as they are.</summary>
    private static bool IsOfTheData(Exception problem) =>
        problem is not OperationCanceledException && Postgres(problem) is var postgres &&
        (postgres is not null ? !postgres.IsTransient && !postgres.SqlState.StartsWith("57", StringComparison.Ordinal)
            : !Causes(problem).Any(cause => cause is NpgsqlException or IOException or ObjectDisposedException));

    private static PostgresException? Postgres(Exception problem) =>
        Causes(problem).OfType<PostgresException>().FirstOrDefault();

    private static IEnumerable<Exception> Causes(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
