using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Billing;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

[Collection<LedgerTests>]
public sealed class DeckFactsTests(LedgerHost ledger)
{
    [Fact]
    public async Task What_was_parsed_of_a_deck_is_kept_and_what_is_new_is_there_at_once()
    {
        var company = await ledger.CompanyAsync();
        var billing = await ledger.MemberAsync(company, Role.Billing);
        await RerateTests.PublishAsync(billing, "default", price: 1);

        var one = Assert.Single(await ReadAsync(company, long.MaxValue));
        await RerateTests.PublishAsync(billing, "default", price: 2);
        var both = await ReadAsync(company, long.MaxValue);

        Assert.Equal([1, 2], both.Select(told => ((DeckVersionPublished)told.Fact).Version));
        Assert.Same(one.Fact, both[0].Fact);
        Assert.Equal([one], await ReadAsync(company, both[1].Sequence));
        Assert.Empty(await ReadAsync(await ledger.CompanyAsync(), long.MaxValue));
    }

    private async Task<List<(string Company, long Sequence, object Fact)>> ReadAsync(string company, long before)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var connection = await ledger.Database.Owner.OpenConnectionAsync(stop);
        return await DeckFacts.ReadAsync([company], before, connection, stop);
    }
}
