using Npgsql;
using Wolverine;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>What waits, and what lets it go.</summary>
public sealed class Backlog(IServiceProvider services) : IBacklogRelease
{
    /// <summary>Keys share this many advisory locks, so that a large batch cannot exhaust Postgres' lock
    /// table.</summary>
    private const int Stripes = 64;
    private const int LockSpace = 0x7ed6e7;

    private const string LockSql = """
        select pg_advisory_xact_lock($1, stripe)
        from (select distinct abs(hashtext(key) % $2) as stripe from unnest($3::text[]) as key
          order by stripe) as stripes
        """;

    private const string ReleaseSql = """
        update intake.backlog set state = 'pending', keys = null, reason = null
        where keys && $1 and state in ('waiting', 'quarantined')
        """;

    /// <inheritdoc/>
    public async Task ReleaseAsync(IReadOnlyCollection<string> keys, NpgsqlTransaction transaction,
        CancellationToken stop)
    {
        await LockAsync(keys, transaction.Connection!, stop);
        await ReleaseLockedAsync(keys, transaction.Connection!, stop);
    }

    /// <inheritdoc/>
    public async Task WakeAsync(CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(new InterpretPending());
    }

    /// <summary>Taken in order, until the transaction ends, by whoever parks on the keys or makes them known.</summary>
    internal static async Task LockAsync(IEnumerable<string> keys, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(LockSql, connection);
        command.Parameters.Add(new() { Value = LockSpace });
        command.Parameters.Add(new() { Value = Stripes });
        command.Parameters.Add(new() { Value = keys.Distinct().ToArray() });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <returns>How many webhooks are pending again.</returns>
    internal static async Task<int> ReleaseLockedAsync(
        IReadOnlyCollection<string> keys, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command =
            new NpgsqlCommand(ReleaseSql, connection) { Parameters = { new() { Value = keys.ToArray() } } };
        return await command.ExecuteNonQueryAsync(stop);
    }
}
