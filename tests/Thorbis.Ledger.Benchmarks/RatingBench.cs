using System.Diagnostics;
using NodaTime;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>Calls rated on one core: from what is folded of a call to its charges, under many prefixes.</summary>
internal static class RatingBench
{
    private const int Prefixes = 5_000;
    private const int Calls = 1_000;
    private const int Rounds = 3_000;

    public static Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        var tariff = new Tariff(
            new(DefaultDeck.Id, [DefaultDeck.Version, Deck()]), [0, 0], _ => "local", (_, _, _, _) => "");
        var accounts = Enumerable.Range(0, Calls).Select(Account).ToArray();
        var (rated, amount) = (0L, 0m);
        Rate(Rounds / 10);
        (rated, amount) = (0, 0);
        var since = Stopwatch.GetTimestamp();
        Rate(Rounds);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        Rig.Tell($"{Rig.Number(rated)} calls under {Prefixes + 1} rows in {seconds:F2} s on one core; {amount:F2} USD");
        return Task.FromResult(new Figures { PerSecond = rated / seconds, Seconds = seconds });

        void Rate(int rounds)
        {
            for (var round = 0; round < rounds && !stop.IsCancellationRequested; round++)
            {
                foreach (var account in accounts)
                {
                    foreach (var charge in account.Charges(tariff, 1))
                    {
                        amount += charge.Price.Amount;
                        rated++;
                    }
                }
            }
        }
    }

    private static DeckVersion Deck() => new(
        1, NumberDecider.Earliest, "USD", Rounding.Default,
        [
            new(Service.CallOut, RateUnit.Minute, 0.05m),
            .. Enumerable.Range(0, Prefixes).Select(i => new RateRow(
                Service.CallOut, RateUnit.Minute, 0.01m + (i / 100_000m), $"+{1_000 + i}", null, 30, 6)),
        ]);

    private static CostAccount Account(int call)
    {
        var start = Instant.FromUtc(2026, 9, 1, 12, 0) + Duration.FromSeconds(call);
        CallFact[] facts =
        [
            new CallInitiated(
                "leg", start, CallDirection.Outgoing, "+12025550100", $"+{1_000 + (call * 5)}5550123", "+12025550100",
                "control", null, null, null, null, []),
            new CallAnswered("leg", start + Duration.FromSeconds(3)),
            new CallHungUp("leg", start + Duration.FromSeconds(10 + call), null, null, null, null),
        ];
        return facts.Aggregate((CallAccount?)null, (account, fact) => CallAccount.Evolve(account, fact, Guid.Empty))!;
    }
}
