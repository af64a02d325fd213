using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Thorbis.Ledger.Server.Tests.Notifications;

/// <summary>A program that takes webhooks on a free port of the loopback interface.</summary>
internal sealed class WebhookListener : IAsyncDisposable
{
    internal sealed record Webhook(string Id, string Timestamp, string Signature, string Body);

    private readonly WebApplication app;

    private WebhookListener(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/hook?a=1";

    public ConcurrentQueue<Webhook> Heard { get; } = new();

    /// <summary>What it answers from now on.</summary>
    public int Status { get; set; } = StatusCodes.Status204NoContent;

    public static async Task<WebhookListener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var listener = new WebhookListener(builder.Build());
        listener.app.MapPost("/hook", (RequestDelegate)listener.TakeAsync);
        await listener.app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        string Header(string name) => context.Request.Headers[name].ToString();
        Heard.Enqueue(new(
            Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"),
            await body.ReadToEndAsync()));
        context.Response.StatusCode = Status;
        context.Response.Headers.Location = Url;
    }
}
