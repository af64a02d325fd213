using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>A server of its own that is told of a collector.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] Measured =
        ["ledger.intake.accepted", "ledger.intake.refused", "ledger.projection.lag"];

    [Fact]
    public async Task Traces_and_metrics_reach_their_receiver()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using var ledger = new ObservedLedger(receiver.Address);
        await ledger.InitializeAsync();
        var telnyx = new Telnyx(ledger);
        Assert.Equal(200, await telnyx.PostAsync(Telnyx.Event("fax.queued", "{}")));
        using var refused = await telnyx.SendAsync("{}"u8.ToArray(), signature: null, timestamp: null);
        Assert.Equal(401, (int)refused.StatusCode);

        await LedgerHost.UntilAsync(() => Task.FromResult(
            receiver.Told.ContainsKey("/v1/traces") && Measured.All(receiver.Heard)));
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
