using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>Customers of the first company, with parties that call it often, and cost centres.</summary>
internal static class DemoCustomers
{
    private static readonly (string Id, string Name, string? CostCentre)[] Customers =
    [
        ("MARINA-1", "Bluewater Marina", "marinas"), ("HOTEL-7", "Tidewater Hotels", "hotels"),
        ("YARD-3", "Old Yard", null),
    ];

    private const int PartiesEach = 5;

    /// <summary>Nothing when the company has some.</summary>
    /// <param name="since">Before the history begins.</param>
    public static async Task EnsureAsync(
        LedgerSession owner, SimulatedCompany company, Instant since, CancellationToken stop)
    {
        if ((await owner.GetAsync("/api/v1/customers?limit=1", stop)).OrThrow().Items is [_, ..])
        {
            return;
        }
        var from = LocalDatePattern.Iso.Format(since.InZone(DateTimeZoneProviders.Tzdb[company.Zone]).Date);
        // The first outsiders call most.
        foreach (var (customer, parties) in Customers.Zip(company.Outsiders.Chunk(PartiesEach)))
        {
            var path = $"/api/v1/customers/{customer.Id}";
            (await owner.PutAsync(path, new { name = customer.Name }, stop)).OrThrow();
            foreach (var party in parties)
            {
                (await owner.PostAsync($"{path}/parties", new { party, from }, stop)).OrThrow();
            }
            if (customer.CostCentre is { } costCentre)
            {
                (await owner.PostAsync($"{path}/cost-centres", new { costCentre, from }, stop)).OrThrow();
            }
        }
        var number = Uri.EscapeDataString(company.Numbers[0]);
        (await owner.PostAsync(
            $"/api/v1/numbers/{number}/cost-centres", new { costCentre = "front desk", from }, stop)).OrThrow();
    }
}
