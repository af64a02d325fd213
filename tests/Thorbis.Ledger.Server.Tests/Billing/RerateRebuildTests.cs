using Marten.Events.Daemon.Coordination;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

/// <summary>On a ledger of its own: nobody else sees costs that are being made anew.</summary>
public sealed class RerateRebuildTests(LedgerHost ledger) : IClassFixture<LedgerHost>
{
    [Fact]
    public async Task Costs_made_anew_have_the_lines_of_a_re_rating_with_their_ids_again()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        for (var i = 0; i < 5; i++)
        {
            await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(i));
        }
        await traffic.MessageAsync(Telnyx.Noon, "hi", "+14155550101", "+442071838750");
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        await RerateTests.PublishAsync(billing, "default", price: 1);
        // The version sells no messages: the one there is is taken back.
        (await billing.PostAsync("re-ratings", RerateTests.Ask(new Money[] { new(4.91m, "USD") }))).Is(202);
        await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(9));
        await traffic.Telnyx.SettleAsync();
        var before = await LinesAsync();

        var daemon = ledger.Host.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase();
        await daemon.RebuildProjectionAsync(CostsProjection.ProjectionName, CancellationToken.None);

        Assert.True(before.Count(line => line.Contains("adjustment", StringComparison.Ordinal)) >= 5);
        Assert.Equal(before, await LinesAsync());
    }

    private Task<List<string>> LinesAsync() =>
        ledger.RowsAsync("select l::text from ledger.cost_line l order by seq, ordinal");
}
