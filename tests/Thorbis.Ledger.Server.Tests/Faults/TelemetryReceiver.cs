using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>A collector of OpenTelemetry on a free port of the loopback interface.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private TelemetryReceiver(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>By path, the protobuf messages one after the other, of which names can be read as text.</summary>
    public ConcurrentDictionary<string, string> Told { get; } = new();

    public bool Heard(string metric) =>
        Told.TryGetValue("/v1/metrics", out var told) && told.Contains(metric, StringComparison.Ordinal);

    public static async Task<TelemetryReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new TelemetryReceiver(builder.Build());
        receiver.app.MapPost("/v1/{kind}", (RequestDelegate)receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body, Encoding.Latin1);
        var text = await body.ReadToEndAsync();
        Told.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
    }
}
