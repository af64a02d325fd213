using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Traces and metrics over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver; else
/// none.</summary>
public static class Telemetry
{
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddLedgerTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointSetting]))
        {
            return;
        }
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(IntakeMetrics.MeterName, "Marten", "Wolverine*", "Npgsql")
                .AddAspNetCoreInstrumentation().AddOtlpExporter())
            .WithTracing(tracing => tracing
                .AddSource("Marten", "Wolverine")
                .AddAspNetCoreInstrumentation().AddNpgsql().AddOtlpExporter());
    }
}
