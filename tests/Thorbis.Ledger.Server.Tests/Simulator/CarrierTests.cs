using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Testing;
using Thorbis.Ledger.Simulator.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Simulator;

public sealed class CarrierTests
{
    private static readonly FakeClock Clock =
        new(Instant.FromUnixTimeSeconds(1_760_000_000), Duration.FromSeconds(1));

    [Fact]
    public async Task What_is_not_taken_for_now_is_sent_again_under_a_fresh_signature()
    {
        await using var receiver = await Receiver.StartAsync(503, 503, 200);

        var answer = await receiver.DeliverAsync(TimeSpan.FromMinutes(1), "{}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(["{}", "{}", "{}"], receiver.Bodies);
        Assert.Equal(3, receiver.Timestamps.Distinct().Count());
    }

    [Theory]
    [InlineData(401)]
    [InlineData(413)]
    [InlineData(500)]
    public async Task What_is_refused_is_not_sent_again(int status)
    {
        await using var receiver = await Receiver.StartAsync(status, 200);

        var answer = await receiver.DeliverAsync(TimeSpan.FromMinutes(1), "\uFEFF{ }\r\n");

        Assert.Equal(status, answer.Status);
        Assert.Equal(["\uFEFF{ }\r\n"], receiver.Bodies);
    }

    [Fact]
    public async Task Patience_ends()
    {
        await using var receiver = await Receiver.StartAsync(503, 503, 503);

        var answer = await receiver.DeliverAsync(TimeSpan.Zero, "{}");

        Assert.Equal(503, answer.Status);
        Assert.Single(receiver.Bodies);
    }

    /// <summary>Answers the given statuses one after the other.</summary>
    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        public ConcurrentQueue<string> Bodies { get; } = [];

        public ConcurrentQueue<string> Timestamps { get; } = [];

        public static async Task<Receiver> StartAsync(params int[] statuses)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var receiver = new Receiver(builder.Build());
            receiver.Answer(new ConcurrentQueue<int>(statuses));
            await receiver.ListenAsync();
            return receiver;
        }

        public async Task<WebhookAnswer> DeliverAsync(TimeSpan patience, string body)
        {
            using var signer = WebhookSigner.Development();
            using var client = new WebhookClient(new Uri(app.Urls.Single()), signer, Clock, connections: 1);
            return await new Carrier(client, patience)
                .DeliverAsync(Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task ListenAsync() => app.StartAsync(TestContext.Current.CancellationToken);

        private void Answer(ConcurrentQueue<int> statuses) => app.MapPost("/", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            Bodies.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
            Timestamps.Enqueue(context.Request.Headers[WebhookSignature.TimestampHeader].ToString());
            context.Response.StatusCode = statuses.TryDequeue(out var status) ? status : 500;
            context.Response.Headers.RetryAfter = "0";
        });
    }
}
