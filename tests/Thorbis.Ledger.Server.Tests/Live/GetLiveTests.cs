using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Live;

[Collection<LedgerTests>]
public sealed class GetLiveTests(LedgerHost ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_state_comes_at_once_and_every_change_after_it_until_access_is_taken_away()
    {
        using var patience = Limit();
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var owner = await traffic.AsAsync(Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "screen", role = Role.Member })).Is(201);
        using var answer = await WatchAsync(key.Text("secret"), patience.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((0, 0), await NextAsync(lines, patience.Token));
        var leg = await traffic.OpenCallAsync(ledger.Clock.GetCurrentInstant());
        Assert.Equal((1, 1), await NextAsync(lines, patience.Token));
        await traffic.TellAsync("call.hangup", leg, ledger.Clock.GetCurrentInstant());
        Assert.Equal((0, 1), await NextAsync(lines, patience.Token));

        (await owner.DeleteAsync($"api-keys/{key.Text("keyId")}")).Is(204);
        await lines.ReadToEndAsync(patience.Token);
    }

    [Fact]
    public async Task A_change_is_told_within_a_second_and_many_at_once_four_times_a_second()
    {
        const int Single = 5, AtOnce = 40;
        using var patience = Limit();
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var key = (await (await traffic.AsAsync(Role.Owner)).PostAsync(
            "api-keys", new { name = "screen", role = Role.Member })).Is(201);
        using var answer = await WatchAsync(key.Text("secret"), patience.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        await NextAsync(lines, patience.Token);

        var took = new List<TimeSpan>();
        for (var i = 0; i < Single; i++)
        {
            var posted = Stopwatch.GetTimestamp();
            await traffic.OpenCallAsync(ledger.Clock.GetCurrentInstant());
            await NextAsync(lines, patience.Token);
            took.Add(Stopwatch.GetElapsedTime(posted));
        }
        // The median: a busy machine may hold one of them up.
        Assert.InRange(took.Order().ElementAt(Single / 2), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        var (since, told) = (Stopwatch.GetTimestamp(), 0);
        var calls = Enumerable.Range(0, AtOnce).Select(_ => traffic.OpenCallAsync(ledger.Clock.GetCurrentInstant()));
        await Task.WhenAll(calls);
        do
        {
            told++;
        }
        while ((await NextAsync(lines, patience.Token)).InProgress < Single + AtOnce);
        Assert.InRange(told, 1, 1 + (int)Math.Ceiling(Stopwatch.GetElapsedTime(since).TotalSeconds * 4));
    }

    [Fact]
    public async Task Nobody_watches_without_signing_in() =>
        (await ledger.Anonymous().GetAsync("live")).IsProblem(401, "unauthenticated");

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }

    private async Task<HttpResponseMessage> WatchAsync(string secret, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://localhost/api/v1/live"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return await ledger.Host.Server.CreateClient().SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, stop);
    }

    /// <summary>Calls in progress and incoming today, of the next event.</summary>
    private static async Task<(int InProgress, int Today)> NextAsync(StreamReader lines, CancellationToken stop)
    {
        const string data = "data: ";
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith(data, StringComparison.Ordinal))
            {
                var state = JsonDocument.Parse(line[data.Length..]).RootElement;
                return (
                    state.GetProperty("inProgress").GetProperty("count").GetInt32(),
                    state.GetProperty("figures").GetProperty("calls").GetProperty("in").GetInt32());
            }
        }
        throw new EndOfStreamException("The feed ended.");
    }
}
