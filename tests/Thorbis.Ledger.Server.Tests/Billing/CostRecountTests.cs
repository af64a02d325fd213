using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

/// <summary>Every cost line and sum against SQL that knows the facts and docs/costs.md, and none of our code.</summary>
public sealed class CostRecountTests(RecountedLedger ledger) : IClassFixture<RecountedLedger>
{
    [Fact]
    public async Task A_recount_of_the_demonstrations_facts_agrees_with_every_charge_and_sum()
    {
        await ledger.FillAsync();

        var recount = await CostRecount.RunAsync(ledger.Database.Owner, TestContext.Current.CancellationToken);

        Assert.Empty(recount.Disagreements.Take(20));
        Assert.Equal(
            [
                "carrier call_in", "carrier call_out", "carrier client_leg", "carrier mms_in", "carrier mms_out",
                "carrier recording", "carrier sms_in", "carrier sms_out", "deck call_in", "deck call_out",
                "deck client_leg", "deck mms_in", "deck mms_out", "deck number_month", "deck recording", "deck sms_in",
                "deck sms_out", "deck transcription",
            ],
            recount.Services);
        Assert.True(recount.Charges > 3_000, $"{recount.Charges} charges");
        // What is recounted has been corrected, moved and taken back, or nothing of it would be tested.
        Assert.Equal(3, await ledger.ScalarAsync("select count(distinct kind) from ledger.cost_line"));
        Assert.Equal(4, await ledger.ScalarAsync("select count(distinct deck_version) from ledger.cost_line"));
        Assert.Equal(
            ["", "acme", "east", "globex", "sales", "west"],
            await ledger.RowsAsync("select distinct cost_centre collate \"C\" from ledger.cost_line order by 1"));
        Assert.Equal(2, await ledger.ScalarAsync("select count(distinct deck) from ledger.cost_line"));
    }

    [Theory]
    [InlineData("charge", "update ledger.cost_line set amount = amount + 0.00001 where {0}", 1)]
    [InlineData("charge", "update ledger.cost_line set number = '+12125550199' where {0} and amount <> 0", 2)]
    [InlineData("charge", "delete from ledger.cost_line where {0} and kind = 'charge'", 1)]
    [InlineData("month", "update ledger.cost_month set amount = amount - 0.00001 where {0}", 1)]
    [InlineData("day", "update ledger.cost_day set quantity = quantity + 1 where {0}", 1)]
    [InlineData("quarter", "delete from ledger.cost_quarter where {0} and amount <> 0", 1)]
    public async Task What_is_altered_by_hand_is_found(string kept, string alteration, int disagreements)
    {
        await ledger.FillAsync();
        var table = alteration.Split(' ').First(word => word.StartsWith("ledger.", StringComparison.Ordinal));
        var condition = alteration[(alteration.IndexOf("{0}", StringComparison.Ordinal) + 3)..];
        var one = $"ctid = (select min(ctid) from {table} where tenant_id = '{RecountedLedger.Company}' {condition})";

        var recount = await CostRecount.RunAsync(
            ledger.Database.Owner, TestContext.Current.CancellationToken, alteration.Replace("{0}", one));

        Assert.Equal(disagreements, recount.Disagreements.Count);
        Assert.All(recount.Disagreements, found => Assert.StartsWith($"{kept} {RecountedLedger.Company} ", found));
    }

    [Theory]
    [InlineData("type = 'range_rerated'", "type = 'nothing'")]
    [InlineData("since <= used and used < til", "since < used and used < til")]
    [InlineData("since <= used and used < til", "since <= used and used <= til")]
    [InlineData("since <= used and used < til", "since <= instant and instant < til")]
    [InlineData("rerated.tenant_id = company and seq", "seq")]
    [InlineData("order by seq desc limit 1) as again", "order by seq limit 1) as again")]
    [InlineData("version.version = again.version", "version.version >= again.version")]
    [InlineData("coalesce(again.under, 'default')", "'default'")]
    [InlineData("greatest(known, again.seq)", "known")]
    [InlineData("greatest(known, again.seq)", "again.seq")]
    [InlineData("else again.seq end end", "else known end end")]
    [InlineData("else again.seq end end", "else greatest(known, again.seq) end end")]
    [InlineData("and occurred_at >= since and occurred_at < til", "and false")]
    [InlineData("and occurred_at >= since and occurred_at < til", "and occurred_at > since and occurred_at < til")]
    public async Task A_recount_that_takes_another_rule_for_ranges_priced_anew_disagrees(string known, string other)
    {
        await ledger.FillAsync();

        var recount = await CostRecount.RunAsync(
            ledger.Database.Owner, TestContext.Current.CancellationToken, rule: (known, other));

        Assert.NotEmpty(recount.Disagreements);
    }
}
