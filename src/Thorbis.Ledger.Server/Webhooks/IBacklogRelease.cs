using Npgsql;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Sets webhooks going that waited for something that is known now.</summary>
public interface IBacklogRelease
{
    /// <summary>
    /// Makes pending, in the caller's transaction, whatever waits for one of the keys: <c>number:{e164}</c>,
    /// <c>account:{id}</c>, <c>connection:{id}</c>. To be called after the row that makes the key known is written.
    /// </summary>
    Task ReleaseAsync(IReadOnlyCollection<string> keys, NpgsqlTransaction transaction, CancellationToken stop);

    /// <summary>Has pending webhooks read without waiting for the sweep; called once the transaction has
    /// committed.</summary>
    Task WakeAsync(CancellationToken stop);
}
