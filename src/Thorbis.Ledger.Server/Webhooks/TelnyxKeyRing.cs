using Npgsql;
using NSec.Cryptography;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>A public key that signs webhooks, and the Telnyx account it belongs to.</summary>
public sealed record TelnyxKey(Guid KeyId, string AccountId, PublicKey PublicKey);

/// <summary>
/// The keys in use, of every account. Kept in memory; another node's change is seen within
/// <see cref="RefreshInterval"/>. Retired keys are not here: they check old evidence only.
/// </summary>
public sealed class TelnyxKeyRing(LedgerDatabase database, ILogger<TelnyxKeyRing> log) : BackgroundService
{
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(5);
    private volatile TelnyxKey[] _keys = [];

    public IReadOnlyList<TelnyxKey> Keys => _keys;

    /// <summary>The key that made this signature, or null.</summary>
    public TelnyxKey? FindSigner(byte[] signature, string timestamp, byte[] body)
    {
        foreach (var key in _keys)
        {
            if (TelnyxSignature.Verify(key.PublicKey, signature, timestamp, body))
            {
                return key;
            }
        }
        return null;
    }

    /// <summary>Reads the keys again; a node that adds one calls it, so that its own next webhook verifies.</summary>
    public async Task RefreshAsync(CancellationToken stop)
    {
        await using var command = database.Owner.CreateCommand(
            """
            select key_id, account_id, public_key from platform.telnyx_key
            where retired_at is null order by added_at desc
            """);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var keys = new List<TelnyxKey>();
        while (await reader.ReadAsync(stop))
        {
            var bytes = reader.GetFieldValue<byte[]>(2);
            keys.Add(new(
                reader.GetGuid(0), reader.GetString(1),
                PublicKey.Import(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey)));
        }
        _keys = [.. keys];
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RefreshInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (NpgsqlException problem)
            {
                log.LogWarning(problem, "The webhook keys could not be read again; the present {Count} stay.",
                    _keys.Length);
            }
        }
    }
}
