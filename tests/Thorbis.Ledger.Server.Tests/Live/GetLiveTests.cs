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
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var owner = await traffic.AsAsync(Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "screen", role = Role.Member })).Is(201);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://localhost/api/v1/live"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Text("secret"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var answer = await ledger.Host.Server.CreateClient().SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
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
    public async Task Nobody_watches_without_signing_in() =>
        (await ledger.Anonymous().GetAsync("live")).IsProblem(401, "unauthenticated");

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
