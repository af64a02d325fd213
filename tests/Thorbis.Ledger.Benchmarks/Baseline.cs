using System.Text;
using System.Text.Json;
using NodaTime;
using Npgsql;
using NSec.Cryptography;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>
/// The endpoint one would write by hand: it verifies the signature, and inserts one row per request. A process of its
/// own; what it needs comes through the environment.
/// </summary>
internal sealed class Baseline(NpgsqlDataSource database, PublicKey key, IClock clock)
{
    public const string Command = "baseline";
    public const string DatabaseVariable = "BASELINE_DATABASE";
    private const int SignatureBytes = 64;
    private const long ToleranceSeconds = 300;

    public const string Schema = """
        create table webhook (
          event_id    text collate "C" primary key,
          received_at timestamptz not null,
          signed_at   text not null,
          signature   bytea not null,
          body        bytea not null
        )
        """;

    public static async Task ServeAsync(IClock clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var source = new NpgsqlDataSourceBuilder(Environment.GetEnvironmentVariable(DatabaseVariable));
        source.ConnectionStringBuilder.MaxAutoPrepare = 10;
        source.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        await using var database = source.Build();
        var key = PublicKey.Import(
            SignatureAlgorithm.Ed25519, Convert.FromBase64String(DevelopmentKey.PublicKey()),
            KeyBlobFormat.RawPublicKey);
        var baseline = new Baseline(database, key, clock);
        await using var app = builder.Build();
        app.MapPost("/webhooks/telnyx", (RequestDelegate)baseline.ReceiveAsync);
        app.MapGet("/health/ready", (RequestDelegate)(_ => Task.CompletedTask));
        await app.RunAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        string signedAt = headers[WebhookSignature.TimestampHeader].ToString();
        var signature = new byte[SignatureBytes];
        var body = new byte[(int)(context.Request.ContentLength ?? 0)];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        if (!Convert.TryFromBase64String(headers[WebhookSignature.SignatureHeader].ToString(), signature, out _)
            || !long.TryParse(signedAt, out var seconds)
            || Math.Abs(clock.GetCurrentInstant().ToUnixTimeSeconds() - seconds) > ToleranceSeconds
            || !Verify(signature, signedAt, body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await InsertAsync(EventId(body), signedAt, signature, body, context.RequestAborted);
    }

    private bool Verify(byte[] signature, string signedAt, byte[] body)
    {
        var signed = new byte[signedAt.Length + 1 + body.Length];
        Encoding.ASCII.GetBytes(signedAt, signed);
        signed[signedAt.Length] = (byte)'|';
        body.CopyTo(signed, signedAt.Length + 1);
        return SignatureAlgorithm.Ed25519.Verify(key, signed, signature);
    }

    private static string EventId(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("data").GetProperty("id").GetString()!;
    }

    private async Task InsertAsync(
        string eventId, string signedAt, byte[] signature, byte[] body, CancellationToken stop)
    {
        await using var insert = database.CreateCommand("""
            insert into webhook (event_id, received_at, signed_at, signature, body) values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = eventId });
        var now = clock.GetCurrentInstant().ToDateTimeOffset();
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = signedAt });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = signature });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
        await insert.ExecuteNonQueryAsync(stop);
    }
}
