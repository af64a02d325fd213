using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using Thorbis.Ledger.Server.Hosting;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Hosting;

/// <summary>Who may set the clock of commands back.</summary>
public sealed class CommandClockTests
{
    private const string Past = "2026-01-02T03:04:05Z";
    private static readonly IClock Clock = TimeProvider.System.ToClock();

    [Theory]
    [InlineData("Development", "true", true)]
    [InlineData("Development", "false", false)]
    [InlineData("Development", null, false)]
    [InlineData("Production", "true", false)]
    [InlineData("Staging", "true", false)]
    public async Task The_header_counts_in_development_alone_and_where_the_setting_says_so(
        string environment, string? setting, bool counts)
    {
        await using var app = await StartAsync(environment, setting);
        using var client = app.GetTestClient();

        using var answer = await AskAsync(client, Past);

        Assert.Equal(counts, await TextAsync(answer) == Past);
        Assert.Equal(counts, answer.Headers.Contains(CommandClock.Header));
    }

    [Fact]
    public async Task Only_the_request_that_asked_is_in_the_past()
    {
        await using var app = await StartAsync("Development", "true");
        using var client = app.GetTestClient();
        using var past = await AskAsync(client, Past);
        Assert.Equal(Past, await TextAsync(past));

        using var next = await AskAsync(client, null);

        var told = InstantPattern.ExtendedIso.Parse(await TextAsync(next)).GetValueOrThrow();
        Assert.True(told > Clock.GetCurrentInstant() - Duration.FromMinutes(5));
    }

    [Theory]
    [InlineData("2400-01-01T00:00:00Z")]
    [InlineData("2026-01-02T03:04:05")]
    [InlineData("yesterday")]
    public async Task The_future_and_what_is_no_instant_are_refused(string asked)
    {
        await using var app = await StartAsync("Development", "true");
        using var client = app.GetTestClient();

        using var answer = await AskAsync(client, asked);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private static async Task<WebApplication> StartAsync(string environment, string? setting)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration[CommandClock.Setting] = setting;
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(Clock).AddSingleton<CommandClock>();
        var app = builder.Build();
        CommandClock.Use(app);
        app.MapGet("/", (CommandClock clock) => InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant()));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string? past)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (past is not null)
        {
            request.Headers.Add(CommandClock.Header, past);
        }
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
