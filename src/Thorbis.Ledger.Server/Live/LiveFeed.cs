using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Live;

/// <summary>
/// Hears which companies changed, over one LISTEN connection per node, and has those read again that somebody
/// watches.
/// </summary>
/// <remarks>
/// <see cref="CommunicationsProjection"/> names the changed companies in its transaction, so what is read afterwards
/// has the change in it.
/// </remarks>
public sealed class LiveFeed(
    LedgerDatabase database, CompanyZones zones, IClock clock, IOptions<JsonOptions> json, ILogger<LiveFeed> log)
    : BackgroundService
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);
    private readonly Lock _guard = new();
    private readonly Dictionary<string, LiveCompany> _watched = [];

    /// <summary>The present state comes first, then every change. To be handed back to <see cref="Leave"/>.</summary>
    public Channel<byte[]> Watch(string company)
    {
        lock (_guard)
        {
            if (!_watched.TryGetValue(company, out var watched))
            {
                watched = _watched[company] = new(stop => ReadAsync(company, stop), log);
            }
            return watched.Add();
        }
    }

    public void Leave(string company, Channel<byte[]> watcher)
    {
        lock (_guard)
        {
            if (_watched[company].Remove(watcher) && _watched.Remove(company, out var unwatched))
            {
                unwatched.Dispose();
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is NpgsqlException or IOException)
            {
                log.LogWarning(problem, "The live feed lost its connection; it connects again.");
                await Task.Delay(Reconnect, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        connection.Notification += (_, word) => Changed(word.Payload.Split(','));
        await using (var listen = new NpgsqlCommand($"listen {CommunicationsProjection.LiveChannel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }
        // Words said while nobody listened are lost.
        ChangedAll();
        while (true)
        {
            await connection.WaitAsync(stop);
        }
    }

    private void Changed(IEnumerable<string> companies)
    {
        lock (_guard)
        {
            foreach (var company in companies)
            {
                _watched.GetValueOrDefault(company)?.Changed();
            }
        }
    }

    private void ChangedAll()
    {
        lock (_guard)
        {
            Changed(_watched.Keys);
        }
    }

    private async Task<byte[]> ReadAsync(string company, CancellationToken stop)
    {
        var zone = await zones.OfAsync(company, stop);
        var snapshot = await database.ReadAsync(
            company,
            connection => LiveSnapshot.ReadAsync(connection, company, zone, clock.GetCurrentInstant(), stop), stop);
        return JsonSerializer.SerializeToUtf8Bytes(snapshot, json.Value.SerializerOptions);
    }
}
