using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>A server of its own, told to stop while it is asked.</summary>
public sealed class StoppingTests
{
    private static readonly string[] Measured =
        ["ledger.intake.accepted", "ledger.intake.refused", "ledger.projection.lag"];

    [Fact]
    public async Task While_shutting_down_a_webhook_is_503_and_traces_and_metrics_reach_their_receiver()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using (var ledger = new ObservedLedger(receiver.Address))
        {
            await ledger.InitializeAsync();
            var telnyx = new Telnyx(ledger);
            Assert.Equal(200, await telnyx.PostAsync(Telnyx.Event("fax.queued", "{}")));
            await telnyx.SettleAsync();

            ledger.Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

            using var answer = await telnyx.SignAndSendAsync(Encoding.UTF8.GetBytes(Telnyx.Event("fax.queued", "{}")));
            Assert.Equal(503, (int)answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            await LedgerHost.UntilAsync(() => Task.FromResult(
                receiver.Told.ContainsKey("/v1/traces") && Measured.All(receiver.Heard)));
        }
    }

    private sealed class ObservedLedger(Uri receiver) : LedgerHost
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            [Telemetry.EndpointSetting] = receiver.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        };
    }
}
