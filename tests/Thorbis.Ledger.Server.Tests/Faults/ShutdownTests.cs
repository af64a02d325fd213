using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>What a sender hears of a ledger that is going down; one of its own, as it does not come back.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task From_the_moment_it_is_told_to_stop_a_webhook_is_503_with_the_time_to_come_again()
    {
        await using var ledger = new LedgerHost();
        await ledger.InitializeAsync();
        var telnyx = new Telnyx(ledger);
        Assert.Equal(200, await telnyx.PostAsync(Telnyx.Event("fax.queued", "{}")));
        var body = Encoding.UTF8.GetBytes(Telnyx.Event("fax.queued", "{}"));
        var kept = await ledger.ScalarAsync("select count(*) from intake.entry");
        var (answer, keptThen) = (new TaskCompletionSource<HttpResponseMessage>(), 0L);
        var lifetime = ledger.Host.Services.GetRequiredService<IHostApplicationLifetime>();
        // Callbacks run one after the other, the last one first, and the host ends nothing before all have returned.
        await using var stopping = lifetime.ApplicationStopping.Register(() =>
        {
            try
            {
                answer.SetResult(telnyx.SignAndSendAsync(body).GetAwaiter().GetResult());
                keptThen = ledger.ScalarAsync("select count(*) from intake.entry").GetAwaiter().GetResult();
            }
            catch (Exception failed)
            {
                answer.TrySetException(failed);
            }
        });

        lifetime.StopApplication();

        using var refused = await answer.Task.WaitAsync(
            TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(kept, keptThen);
    }
}
