using NodaTime;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>What is posted: calls and messages of the hour before last, each event once and in order.</summary>
internal static class Traffic
{
    /// <summary>One company with 200 numbers.</summary>
    public static SimulatedCompany Company { get; } = SimulatedCompany.Invent(1, 200)[0];

    /// <param name="seed">Another one gives other events.</param>
    public static List<SimulatedWebhook> Recent(int webhooks, ulong seed, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        var options = new TrafficOptions
        {
            Seed = seed,
            Companies = [Company],
            From = now - Duration.FromHours(2),
            Until = now - Duration.FromHours(1),
            Webhooks = webhooks,
            Mix = TrafficMix.Communications,
            Flat = true,
        };
        return [.. TrafficModel.Play(options.Distinct())];
    }
}
