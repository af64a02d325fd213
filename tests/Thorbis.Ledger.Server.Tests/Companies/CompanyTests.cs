using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Companies;

[Collection<LedgerTests>]
public sealed class CompanyTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_company_is_opened_once()
    {
        var op = await ledger.OperatorAsync();
        var request = new { companyId = ledger.Unique("acme"), name = "Acme", zone = "Europe/Berlin" };

        (await op.PostAsync("operator/companies", request)).Is(201);
        (await op.PostAsync("operator/companies", request)).IsProblem(409, "company-exists");
    }

    [Theory]
    [InlineData("A", "Acme", "Europe/Berlin", "companyId")]
    [InlineData("acme corp", "Acme", "Europe/Berlin", "companyId")]
    [InlineData("acme\n", "Acme", "Europe/Berlin", "companyId")]
    [InlineData("acme", " ", "Europe/Berlin", "name")]
    [InlineData("acme", "Acme", "Mars/Olympus", "zone")]
    public async Task A_field_that_cannot_be_taken_is_named(string companyId, string name, string zone, string field)
    {
        var op = await ledger.OperatorAsync();

        var answer = await op.PostAsync("operator/companies", new { companyId, name, zone });

        answer.IsProblem(422, "invalid");
        Assert.Equal(field, Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Companies_are_listed_page_by_page()
    {
        var op = await ledger.OperatorAsync();
        var (first, second) = (await ledger.CompanyAsync(), await ledger.CompanyAsync());
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await op.GetAsync($"operator/companies?limit=1&cursor={cursor}")).Is(200);
            seen.AddRange(page.Items.Select(item => item.GetProperty("companyId").GetString()!));
            cursor = page.Body.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Contains(first, seen);
        Assert.Contains(second, seen);
    }

    [Fact]
    public async Task In_Development_the_development_account_serves_a_new_company()
    {
        var company = await ledger.CompanyAsync();

        var accounts = (await (await ledger.OperatorAsync()).GetAsync("operator/telnyx-accounts")).Is(200).Items;

        var served = accounts.Single(account => account.GetProperty("accountId").GetString() == "development");
        Assert.Contains(company, served.GetProperty("companies").EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task An_address_of_another_company_is_added_by_an_operator_only()
    {
        var (_, email) = await ledger.AddMemberAsync(await ledger.CompanyAsync(), Role.Member);
        var company = await ledger.CompanyAsync();
        var owner = await ledger.MemberAsync(company, Role.Owner);

        (await owner.PostAsync("members", new { email, role = "member", password = LedgerHost.Password }))
            .IsProblem(409, "address-known");
        var op = await ledger.OperatorAsync();
        (await op.PostAsync($"operator/companies/{company}/members", new { email, role = "member" })).Is(201);
    }

    [Fact]
    public async Task A_refused_member_leaves_no_account_behind()
    {
        var admin = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Admin);
        var email = ledger.Unique("refused") + "@example.com";

        (await admin.PostAsync("members", new { email, role = "owner", password = LedgerHost.Password }))
            .IsProblem(409, "owners-only");

        Assert.Empty(await ledger.RowsAsync("""select 1 from identity.users where "Email" = $1""", email));
    }

    [Theory]
    [InlineData("no address", LedgerHost.Password, "email")]
    [InlineData("short@example.com", "short", "password")]
    public async Task An_account_that_cannot_be_made_names_the_field(string email, string password, string field)
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        var answer = await owner.PostAsync("members", new { email, role = "member", password });

        answer.IsProblem(422, "invalid");
        Assert.Equal(field, Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var userId = (await owner.GetAsync("session")).Text("userId");

        (await owner.DeleteAsync($"members/{userId}")).IsProblem(409, "last-owner");
        (await owner.PutAsync($"members/{userId}", new { role = "member" })).IsProblem(409, "last-owner");
    }

    [Fact]
    public async Task Joining_changing_and_leaving_are_facts_with_their_actor()
    {
        var company = await ledger.CompanyAsync();
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var (userId, _) = await ledger.AddMemberAsync(company, Role.Member);
        (await owner.PutAsync($"members/{userId}", new { role = "billing" })).Is(204);
        (await owner.PutAsync($"members/{userId}", new { role = "billing" })).Is(204);
        (await owner.DeleteAsync($"members/{userId}")).Is(204);
        (await owner.DeleteAsync($"members/{userId}")).IsProblem(404, "not-found");

        var facts = await ledger.RowsAsync("""
            select type || ' ' || coalesce(lower(data ->> 'role'), '') from ledger.mt_events
            where tenant_id = $1 and stream_id = $2 order by version
            """, company, $"member/{userId}");
        var by = await ledger.RowsAsync("""
            select data ->> 'by' from ledger.mt_events where stream_id = $1 and type = 'member_removed'
            """, $"member/{userId}");

        Assert.Equal(["member_joined member", "member_role_changed billing", "member_removed "], facts);
        Assert.Equal("user:" + (await owner.GetAsync("session")).Text("userId"), by[0]);
    }

    [Fact]
    public async Task A_company_sees_its_own_members_alone()
    {
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var (userId, _) = await ledger.AddMemberAsync(await ledger.CompanyAsync(), Role.Member);

        Assert.Single((await stranger.GetAsync("members")).Items);
        (await stranger.DeleteAsync($"members/{userId}")).IsProblem(404, "not-found");
    }
}
