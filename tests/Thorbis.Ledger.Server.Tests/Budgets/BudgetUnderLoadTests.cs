using System.Diagnostics;
using System.Text;
using NodaTime;
using NodaTime.Extensions;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Mail;
using Thorbis.Ledger.Simulator.Webhooks;
using Thorbis.Ledger.Server.Tests.Faults;
using Thorbis.Ledger.Server.Tests.Notifications;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Budgets;

/// <summary>From the webhook that crosses to whom it is told, in a server of its own that is busy meanwhile.</summary>
[Collection<FaultTests>]
public sealed class BudgetUnderLoadTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int PerSecond = 100;
    private const int Webhooks = 1_000;

    /// <summary>Which of them costs so much that the limit is crossed.</summary>
    private const int Crossing = 500;
    private const string Company = "acme";
    private const string Number = "+12025550100";
    private const string Address = "ap@acme.example";
    private static readonly TimeSpan TellMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly IClock Clock = TimeProvider.System.ToClock();

    private readonly PrivatePostgres postgres = new();
    private readonly WebhookSigner signer = WebhookSigner.Development();
    private readonly TaskCompletionSource<long> mailed = new();
    private SmtpSink? sink;
    private ServerProcess? server;

    public async ValueTask DisposeAsync()
    {
        server?.Dispose();
        await postgres.DisposeAsync();
        await (sink?.DisposeAsync() ?? ValueTask.CompletedTask);
        signer.Dispose();
    }

    [Fact]
    public async Task At_a_hundred_signed_webhooks_a_second_a_crossing_is_handed_over_within_two_seconds()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(Patience);
        await using var listener = await WebhookListener.StartAsync();
        await StartAsync(listener.Url, stop.Token);
        using var client = new WebhookClient(new Uri(server!.Url, "/webhooks/telnyx"), signer, Clock, 32);

        var (answers, crossedAt, heardAt) = await LoadAsync(client, listener, stop.Token);

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(200, answer.Status));
        Assert.Single(listener.Heard);
        Assert.Single(sink!.Received);
        var (heard, mail) = (
            Stopwatch.GetElapsedTime(crossedAt, heardAt),
            Stopwatch.GetElapsedTime(crossedAt, await mailed.Task.WaitAsync(stop.Token)));
        output.WriteLine($"Sent to webhook {heard.TotalMilliseconds:F0} ms, to e-mail {mail.TotalMilliseconds:F0} ms");
        Assert.InRange(heard, TimeSpan.Zero, TellMax);
        Assert.InRange(mail, TimeSpan.Zero, TellMax);
    }

    /// <summary>Sends each when it is due, whatever became of those before, and watches until all are sent and the
    /// crossing was heard of.</summary>
    /// <returns>The answers, when the one that crosses was sent, and when the listener had heard.</returns>
    private async Task<(List<Task<WebhookAnswer>> Answers, long CrossedAt, long HeardAt)> LoadAsync(
        WebhookClient client, WebhookListener listener, CancellationToken stop)
    {
        var (answers, began) = (new List<Task<WebhookAnswer>>(), Stopwatch.GetTimestamp());
        var (crossedAt, heardAt, sentAll) = (0L, 0L, 0L);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (answers.Count < Webhooks || heardAt == 0)
        {
            var due = (int)Math.Min(Webhooks, Stopwatch.GetElapsedTime(began).TotalSeconds * PerSecond);
            for (var nth = answers.Count; nth < due; nth++)
            {
                crossedAt = nth == Crossing ? Stopwatch.GetTimestamp() : crossedAt;
                answers.Add(client.PostAsync(Message(nth == Crossing ? "85.0000" : "0.0001"), stop));
            }
            sentAll = answers.Count == Webhooks && sentAll == 0 ? Stopwatch.GetTimestamp() : sentAll;
            heardAt = heardAt == 0 && !listener.Heard.IsEmpty ? Stopwatch.GetTimestamp() : heardAt;
            await timer.WaitForNextTickAsync(stop);
        }
        var rate = Webhooks / Stopwatch.GetElapsedTime(began, sentAll).TotalSeconds;
        output.WriteLine($"{rate:F1} webhooks a second");
        Assert.InRange(rate, PerSecond * 0.9, PerSecond * 1.1);
        return (answers, crossedAt, heardAt);
    }

    private async Task StartAsync(string endpoint, CancellationToken stop)
    {
        sink = SmtpSink.Start(port: 0, told: _ => mailed.TrySetResult(Stopwatch.GetTimestamp()));
        await postgres.StartAsync(stop);
        server = new(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__Ledger"] = postgres.Owner,
            ["ConnectionStrings__LedgerTenant"] = postgres.Tenant,
            ["Logging__LogLevel__Default"] = "Warning",
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = $"{sink.Port}",
            ["SMTP_TLS"] = "none",
            ["SMTP_FROM"] = "ledger@thorbis.example",
        });
        await server.StartAsync(stop);
        using var operators = await LedgerSession.SignInAsync(
            server.Url, DevelopmentOperator.Email, DevelopmentOperator.Password, null, stop);
        await PostAsync(
            operators, "operator/companies", new { companyId = Company, name = Company, zone = "America/New_York" });
        await PostAsync(
            operators, $"operator/companies/{Company}/members",
            new { email = Address, password = LedgerHost.Password, role = "owner" });
        using var owner = await LedgerSession.SignInAsync(server.Url, Address, LedgerHost.Password, Company, stop);
        var claim = await PostAsync(owner, "numbers", new { number = Number, from = "2026-01-01T00:00:00Z" });
        await PostAsync(operators, $"operator/numbers/{claim.Text("ownershipId")}/confirm", null);
        await PostAsync(owner, "webhook-endpoints", new { url = endpoint });
        await PostAsync(owner, "budgets", BudgetHost.Request(100, recipients: [Address]));
    }

    private static async Task<LedgerReply> PostAsync(LedgerSession session, string path, object? body) =>
        (await session.PostAsync($"/api/v1/{path}", body, TestContext.Current.CancellationToken)).OrThrow();

    /// <summary>A message that the carrier has billed.</summary>
    private static byte[] Message(string cost)
    {
        var now = Clock.GetCurrentInstant();
        return Encoding.UTF8.GetBytes(Telnyx.Event("message.finalized", $$"""
            {"record_type":"message","id":"{{Guid.CreateVersion7()}}","direction":"outbound","type":"SMS","text":"hi",
            "parts":1,"from":{"phone_number":"{{Number}}"},
            "to":[{"phone_number":"+14155550101","status":"delivered"}],"media":[],"errors":[],
            "cost":{"amount":"{{cost}}","currency":"USD"},"received_at":"{{now}}","sent_at":"{{now}}",
            "completed_at":"{{now}}"}
            """, at: now));
    }
}
