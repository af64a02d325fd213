using System.Buffers;
using System.Threading.Channels;
using Thorbis.Ledger.Server.Access;

namespace Thorbis.Ledger.Server.Live;

/// <summary>The present moment as server-sent events: the state on connecting, then on every change.</summary>
public static class GetLive
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);
    private const int RechecksPerHeartbeat = 3;
    private static readonly byte[] Heartbeat = ":\n\n"u8.ToArray();
    private static readonly byte[] Head = "event: live\ndata: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();

    public static void Map(RouteGroupBuilder api) => api.MapGet("/live", Get)
        .Allow(Permissions.ReadOperations)
        .WithName("GetLive")
        .WithSummary("Server-sent events: calls in progress and today's figures, at once and at every change.")
        .WithDescription("Events are named live; a comment comes every 15 seconds. Ends when access is taken away.")
        .WithTags("Live")
        .Produces<LiveSnapshot>(StatusCodes.Status200OK, "text/event-stream");

    private static async Task Get(
        HttpContext http, LiveFeed feed, IStillAllowed allowed, IHostApplicationLifetime host, ILogger<LiveFeed> log)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var company = Actor.Of(http.User).Company;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var watcher = feed.Watch(company);
        try
        {
            await http.Response.StartAsync(stop.Token);
            await SendAsync(http, watcher.Reader, allowed, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogDebug("A live reader of {Company} left, or the server stops.", company);
        }
        finally
        {
            feed.Leave(company, watcher);
        }
    }

    private static async Task SendAsync(
        HttpContext http, ChannelReader<byte[]> states, IStillAllowed allowed, CancellationToken stop)
    {
        using var recheck = new PeriodicTimer(Recheck);
        var tick = recheck.WaitForNextTickAsync(stop).AsTask();
        for (var ticks = 0; ;)
        {
            var change = states.WaitToReadAsync(stop).AsTask();
            while (await Task.WhenAny(change, tick) == tick)
            {
                await tick;
                if (!await allowed.StillAllowedAsync(http.User, stop))
                {
                    return;
                }
                if (++ticks % RechecksPerHeartbeat == 0)
                {
                    await WriteAsync(http, stop, Heartbeat);
                }
                tick = recheck.WaitForNextTickAsync(stop).AsTask();
            }
            await change;
            if (states.TryRead(out var state))
            {
                await WriteAsync(http, stop, Head, state, End);
            }
        }
    }

    private static async Task WriteAsync(HttpContext http, CancellationToken stop, params byte[][] parts)
    {
        foreach (var part in parts)
        {
            http.Response.BodyWriter.Write(part);
        }
        await http.Response.BodyWriter.FlushAsync(stop);
    }
}
