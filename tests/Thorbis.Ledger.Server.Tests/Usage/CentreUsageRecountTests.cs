using Marten.Events.Daemon.Coordination;
using Microsoft.Extensions.DependencyInjection;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Tests.Billing;
using Thorbis.Ledger.Server.Tests.Faults;
using Thorbis.Ledger.Server.Usage;
using Thorbis.Ledger.Simulator.Traffic;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Usage;

/// <summary>A history in which numbers, customers, members and parties change, on a ledger of its own.</summary>
public sealed class CentreUsageRecountTests(RecountedLedger ledger) : IClassFixture<RecountedLedger>
{
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Usage_by_cost_centre_is_what_a_recount_gives_and_a_rebuild_gives_it_again()
    {
        await ledger.FillAsync();
        var database = new Faults.Ledger(ledger.Database.Owner, stop);

        await new ReadModelAudit(database).CheckAsync(SimulatedCompany.Demonstration);

        Assert.Equal(
            ["acme", "east", "globex", "sales", "west"],
            await ledger.RowsAsync("select distinct cost_centre collate \"C\" from ledger.centre_bucket order by 1"));
        var before = await database.ReadModelsAsync();
        var daemon = ledger.Host.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase();
        await daemon.RebuildProjectionAsync(CommunicationsProjection.ProjectionName, stop);
        Assert.Equal(before, await database.ReadModelsAsync());
        await daemon.RebuildProjectionAsync(CostsProjection.ProjectionName, stop);
        Assert.Equal(before, await database.ReadModelsAsync());
    }
}
