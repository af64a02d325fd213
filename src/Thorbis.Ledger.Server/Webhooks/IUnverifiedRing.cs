namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Webhooks that no known key verified, kept in case the key comes later.</summary>
public interface IUnverifiedRing
{
    /// <summary>Tries a key that was just added on everything kept, and takes in what it verifies.</summary>
    /// <returns>How many webhooks the key signed.</returns>
    Task<int> RecheckAsync(Guid keyId, CancellationToken stop);
}
