using System.Runtime.CompilerServices;
using NodaTime;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>Traffic as it happens, each webhook sent when it is due.</summary>
/// <param name="perSecond">Webhooks a second, about.</param>
internal sealed class DemoLive(DemoIntake intake, IClock clock, ulong seed, int perSecond)
{
    /// <summary>Goes on until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var day = 0UL; ; day++)
        {
            await WhenDueAsync(TrafficModel.Play(DayFrom(clock.GetCurrentInstant(), day)), stop);
        }
    }

    public Task WhenDueAsync(IEnumerable<SimulatedWebhook> webhooks, CancellationToken stop) =>
        intake.DeliverAsync(WaitEach(webhooks, stop), stop);

    private TrafficOptions DayFrom(Instant now, ulong day) => new()
    {
        Seed = unchecked(~seed + day),
        Companies = SimulatedCompany.Demonstration,
        From = now,
        Until = now + Duration.FromDays(1),
        Webhooks = 86_400L * perSecond,
        DisorderWindow = Duration.FromSeconds(10),
        Flat = true,
    };

    private async IAsyncEnumerable<SimulatedWebhook> WaitEach(
        IEnumerable<SimulatedWebhook> webhooks, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var webhook in webhooks)
        {
            var early = webhook.DueAt - clock.GetCurrentInstant();
            if (early > Duration.Zero)
            {
                await Task.Delay(early.ToTimeSpan(), stop);
            }
            yield return webhook;
        }
    }
}
