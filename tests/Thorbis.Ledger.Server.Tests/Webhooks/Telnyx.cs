using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NSec.Cryptography;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;
using Thorbis.Ledger.Simulator.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

/// <summary>The carrier, as tests need it: signs with a key and posts bytes.</summary>
public sealed class Telnyx(LedgerHost ledger, Key? key = null)
{
    public static readonly Uri Address = new("http://localhost/webhooks/telnyx");
    private readonly Key _key = key ?? DevelopmentKey.Open();

    public byte[] PublicKey => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    public static Key NewKey() => Key.Create(
        SignatureAlgorithm.Ed25519,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });

    public Task<int> PostAsync(string body, long age = 0) => PostAsync(Encoding.UTF8.GetBytes(body), age);

    /// <param name="age">Seconds that the signed timestamp lies in the past; negative for the future.</param>
    public async Task<int> PostAsync(byte[] body, long age = 0)
    {
        using var answer = await SignAndSendAsync(body, age);
        return (int)answer.StatusCode;
    }

    public Task<HttpResponseMessage> SignAndSendAsync(byte[] body, long age = 0)
    {
        var now = ledger.Clock.GetCurrentInstant().ToUnixTimeSeconds() - age;
        var signature = SignatureAlgorithm.Ed25519.Sign(_key, [.. Encoding.ASCII.GetBytes($"{now}|"), .. body]);
        return SendAsync(body, Convert.ToBase64String(signature), $"{now}");
    }

    public Task<HttpResponseMessage> SendAsync(byte[] body, string? signature, string? timestamp) =>
        SendAsync(new ByteArrayContent(body), signature, timestamp);

    public async Task<HttpResponseMessage> SendAsync(HttpContent body, string? signature, string? timestamp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = body };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation(TelnyxSignature.SignatureHeader, signature);
        request.Headers.TryAddWithoutValidation(TelnyxSignature.TimestampHeader, timestamp);
        return await ledger.Host.Server.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Until nothing is pending and the read models hold every fact; bounded.</summary>
    public Task SettleAsync() => LedgerHost.UntilAsync(async () => await ledger.ScalarAsync($"""
        select count(*) from intake.backlog where state = 'pending' union all
        select coalesce(max(seq_id), 0) - least({ReadModelProgress.Sql}, {ReadModelProgress.CostsSql})
        from ledger.mt_events order by 1 desc limit 1
        """) is 0);

    /// <summary>What became of a body.</summary>
    public async Task<Answer> FateAsync(byte[] body)
    {
        await SettleAsync();
        var op = await ledger.OperatorAsync();
        return await op.GetAsync($"operator/journal/by-content?sha256={Convert.ToHexString(SHA256.HashData(body))}");
    }

    public async Task<Answer> FateAsync(string body) => await FateAsync(Encoding.UTF8.GetBytes(body));

    /// <summary>A v2 body.</summary>
    public static string Event(string type, string payload, string? id = null, Instant? at = null, int attempt = 1) =>
        $$$"""
        {"data":{"record_type":"event","event_type":"{{{type}}}","id":"{{{id ?? Guid.CreateVersion7().ToString()}}}",
        "occurred_at":"{{{at ?? Noon}}}","payload":{{{payload}}}},
        "meta":{"attempt":{{{attempt}}},"delivered_to":"https://ledger.example/"}}
        """;

    /// <summary>A Tuesday; after the first day that tests hold their numbers from.</summary>
    public static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);

    public static string Leg(string leg, string from, string to, string more = "") => $$"""
        {"call_control_id":"c-{{leg}}","call_leg_id":"{{leg}}","call_session_id":"s-{{leg}}","connection_id":"77",
        "from":"{{from}}","to":"{{to}}"{{more}}}
        """;

    public static string Started(string leg, string from, string to, string direction = "incoming",
        Instant? at = null) =>
        Event("call.initiated", Leg(leg, from, to, $$""","direction":"{{direction}}","state":"parked" """), at: at);
}
