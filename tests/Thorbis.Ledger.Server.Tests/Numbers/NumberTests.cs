using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Numbers;

[Collection<LedgerTests>]
public sealed class NumberTests(LedgerHost ledger)
{
    private const string Since = "2026-01-01T00:00:00Z";

    [Fact]
    public async Task A_claim_is_listed_unconfirmed_and_repeating_it_registers_nothing_new()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var claim = new { number = "+1 (202) 555-0101", from = Since };

        var first = (await owner.PostAsync("numbers", claim)).Is(201);
        var again = (await owner.PostAsync("numbers", claim)).Is(200);

        Assert.Equal(first.Text("ownershipId"), again.Text("ownershipId"));
        var listed = Assert.Single((await owner.GetAsync("numbers")).Items);
        Assert.Equal("+12025550101", listed.GetProperty("number").GetString());
        Assert.False(listed.TryGetProperty("confirmedAt", out _));
    }

    [Fact]
    public async Task A_number_held_by_somebody_in_that_time_cannot_be_confirmed_for_another()
    {
        var op = await ledger.OperatorAsync();
        var first = await ClaimAsync("+12025550102", Since, null);
        var second = await ClaimAsync("+12025550102", "2026-02-01T00:00:00Z", null);

        (await op.PostAsync($"operator/numbers/{first}/confirm")).Is(204);
        (await op.PostAsync($"operator/numbers/{second}/confirm")).IsProblem(409, "number-taken");
    }

    [Fact]
    public async Task A_number_passes_from_one_company_to_the_next_at_an_instant()
    {
        var op = await ledger.OperatorAsync();
        var first = await ClaimAsync("+12025550103", Since, "2026-02-01T00:00:00Z");
        var second = await ClaimAsync("+12025550103", "2026-02-01T00:00:00Z", null);

        (await op.PostAsync($"operator/numbers/{first}/confirm")).Is(204);
        (await op.PostAsync($"operator/numbers/{second}/confirm")).Is(204);
    }

    [Fact]
    public async Task Claim_and_confirmation_are_facts_and_confirming_again_adds_none()
    {
        var company = await ledger.CompanyAsync();
        var op = await ledger.OperatorAsync();
        var ownership = await ClaimAsync("+12025550104", Since, null, company);
        (await op.PostAsync($"operator/numbers/{ownership}/confirm")).Is(204);
        (await op.PostAsync($"operator/numbers/{ownership}/confirm")).Is(204);

        var facts = await ledger.RowsAsync(
            "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version",
            company, "number/+12025550104");

        Assert.Equal(["number_claimed", "number_confirmed"], facts.Where(type => type != "number_month_started"));
    }

    [Theory]
    [InlineData("2025550105", Since, null, "number")]
    [InlineData("+12025550105", "1999-01-01T00:00:00Z", null, "from")]
    [InlineData("+12025550105", "-9000-01-01T00:00:00Z", null, "from")]
    [InlineData("+12025550105", Since, Since, "until")]
    public async Task A_claim_that_cannot_be_taken_names_the_field(
        string number, string from, string? until, string field)
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        var answer = (await owner.PostAsync("numbers", new { number, from, until })).IsProblem(422, "invalid");

        Assert.Equal(field, Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_company_sees_its_own_numbers_alone_and_operators_see_open_claims()
    {
        var ownership = await ClaimAsync("+12025550106", Since, null);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        Assert.Empty((await stranger.GetAsync("numbers")).Items);
        var open = (await (await ledger.OperatorAsync()).GetAsync("operator/numbers?confirmed=false&limit=500")).Items;
        Assert.Contains(ownership, open.Select(item => item.GetProperty("ownershipId").GetString()));
    }

    [Fact]
    public async Task A_company_cannot_confirm_its_own_claim()
    {
        var company = await ledger.CompanyAsync();
        var ownership = await ClaimAsync("+12025550107", Since, null, company);
        var owner = await ledger.MemberAsync(company, Role.Owner);

        (await owner.PostAsync($"operator/numbers/{ownership}/confirm")).IsProblem(403, "forbidden");
    }

    private async Task<string> ClaimAsync(string number, string from, string? until, string? company = null)
    {
        var owner = await ledger.MemberAsync(company ?? await ledger.CompanyAsync(), Role.Owner);
        return (await owner.PostAsync("numbers", new { number, from, until })).Is(201).Text("ownershipId");
    }
}
