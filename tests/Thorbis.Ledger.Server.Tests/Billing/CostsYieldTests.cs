using Marten;
using Microsoft.Extensions.DependencyInjection;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Thorbis.Ledger.Server.Usage;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

/// <summary>Behind a burst, costs let calls and usage go first; time passes only where the projection waits.</summary>
[Collection<LedgerTests>]
public sealed class CostsYieldTests(LedgerHost ledger)
{
    private const int Burst = 1_000;
    private const int PausesMax = 20;

    [Fact]
    public async Task A_burst_waits_for_usage_five_seconds_and_no_longer() =>
        Assert.Equal(PausesMax, await PausesAsync(Burst, await LastAsync() + 1_000_000));

    [Fact]
    public async Task Fewer_facts_wait_for_nothing() =>
        Assert.Equal(0, await PausesAsync(Burst - 1, await LastAsync() + 1_000_000));

    [Fact]
    public async Task A_burst_that_usage_has_read_waits_for_nothing()
    {
        await new Telnyx(ledger).SettleAsync();

        Assert.Equal(0, await PausesAsync(Burst, await LastAsync()));
    }

    [Fact]
    public async Task A_burst_waits_until_usage_has_read_it()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.Telnyx.SettleAsync();

        // A call has one fact when it begins: at the third pause usage reads on to it.
        var pauses = await PausesAsync(Burst, await LastAsync() + 1, pause: async nth =>
        {
            if (nth == 3)
            {
                await traffic.OpenCallAsync(Telnyx.Noon);
                await traffic.Telnyx.SettleAsync();
            }
        });

        Assert.Equal(3, pauses);
    }

    [Fact]
    public async Task A_burst_waits_while_webhooks_wait_in_the_thousands()
    {
        await new Telnyx(ledger).SettleAsync();
        await ExecuteAsync("""
            insert into intake.backlog (journal_id, state, since)
            select gen_random_uuid(), 'pending', now() from generate_series(1, 5001)
            """);

        var pauses = await PausesAsync(Burst, await LastAsync(), pause: async nth =>
        {
            if (nth == 3)
            {
                await ExecuteAsync("delete from intake.backlog where state = 'pending'");
            }
        });

        Assert.Equal(3, pauses);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = ledger.Database.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Hands the projection facts of nobody's, of which nothing is recorded.</summary>
    /// <returns>How often it waited, a quarter of a second each.</returns>
    private async Task<int> PausesAsync(int facts, long sequence, Func<int, Task>? pause = null)
    {
        var time = new PassingTime(pause ?? (_ => Task.CompletedTask));
        var projection = new CostsProjection(
            ledger.Database, ledger.Host.Services.GetRequiredService<CompanyZones>(), new NumberPlan(), ledger.Clock,
            time);
        var store = ledger.Host.Services.GetRequiredService<IDocumentStore>();
        await using var session = store.LightweightSession("nobody");
        var events = Enumerable.Range(1, facts).Select(nth =>
        {
            var fact = session.Events.BuildEvent(new CallAnswered("nobody", Telnyx.Noon));
            (fact.Sequence, fact.TenantId, fact.Timestamp) =
                (sequence - facts + nth, "nobody", Telnyx.Noon.ToDateTimeOffset());
            return fact;
        }).ToList();

        await projection.ApplyAsync(session, events, TestContext.Current.CancellationToken);
        return time.Pauses;
    }

    private Task<long> LastAsync() => ledger.ScalarAsync("select coalesce(max(seq_id), 0) from ledger.mt_events");

    /// <summary>A quarter of a second passes at once, after what happens in it.</summary>
    private sealed class PassingTime(Func<int, Task> pause) : TimeProvider
    {
        public int Pauses { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(250), dueTime);
            var nth = ++Pauses;
            return System.CreateTimer(
                _ => Task.Run(async () =>
                {
                    await pause(nth);
                    callback(state);
                }), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
