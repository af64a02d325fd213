using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Access;

[Collection<LedgerTests>]
public sealed class ApiKeyTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_key_comes_in_with_its_own_company_and_role()
    {
        var company = await ledger.CompanyAsync();
        var program = await ledger.ProgramAsync(company, Role.Auditor);

        var session = (await program.GetAsync("session")).Is(200);

        Assert.Equal(
            (company, "auditor", "test"), (session.Text("company"), session.Text("role"), session.Text("email")));
        (await program.PostAsync("numbers", new { number = "+12025550100", from = "2026-01-01T00:00:00Z" }))
            .IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_key_needs_no_antiforgery_header()
    {
        var program = await ledger.ProgramAsync(await ledger.CompanyAsync(), Role.Admin);

        (await program.PostAsync("api-keys", new { name = "another", role = "member" })).Is(201);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_stays_listed()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "till", role = "member" })).Is(201);
        var program = ledger.Anonymous().WithKey(key.Text("secret"));
        (await program.GetAsync("numbers")).Is(200);

        (await owner.DeleteAsync($"api-keys/{key.Text("keyId")}")).Is(204);
        (await owner.DeleteAsync($"api-keys/{key.Text("keyId")}")).Is(204);

        (await program.GetAsync("numbers")).IsProblem(401, "unauthenticated");
        var listed = Assert.Single((await owner.GetAsync("api-keys")).Items);
        Assert.NotNull(listed.GetProperty("revokedAt").GetString());
        Assert.NotNull(listed.GetProperty("lastUsedAt").GetString());
        Assert.False(listed.TryGetProperty("secret", out _));
    }

    [Fact]
    public async Task The_secret_is_not_in_the_database()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "till", role = "member" })).Is(201);

        var row = await ledger.RowsAsync(
            "select k::text from platform.api_key k where key_id = $1", Guid.Parse(key.Text("keyId")));

        Assert.DoesNotContain(key.Text("secret")[^43..], row[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_of_a_key_is_noted_once_a_minute()
    {
        var company = await ledger.CompanyAsync();
        var program = await ledger.ProgramAsync(company, Role.Member);

        await program.GetAsync("numbers");
        await program.GetAsync("numbers");

        var used = await ledger.RowsAsync(
            "select actor from platform.access_log where tenant_id = $1 and action = 'key.used'", company);
        Assert.StartsWith("key:", Assert.Single(used), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creation_and_revocation_are_facts_of_the_company()
    {
        var company = await ledger.CompanyAsync();
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var keyId = (await owner.PostAsync("api-keys", new { name = "till", role = "member" })).Text("keyId");
        await owner.DeleteAsync($"api-keys/{keyId}");

        var facts = await ledger.RowsAsync(
            "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version",
            company, $"apikey/{keyId}");

        Assert.Equal(["api_key_created", "api_key_revoked"], facts);
    }

    [Fact]
    public async Task Another_companys_key_cannot_be_revoked()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var keyId = (await owner.PostAsync("api-keys", new { name = "till", role = "member" })).Text("keyId");
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        (await stranger.DeleteAsync($"api-keys/{keyId}")).IsProblem(404, "not-found");
    }

    [Theory]
    [InlineData("tlk_")]
    [InlineData("tlk_0192f0c8a1b27c3d8e4f5a6b7c8d9e0f_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("something-else")]
    public async Task What_is_no_key_is_refused(string secret) =>
        (await ledger.Anonymous().WithKey(secret).GetAsync("numbers")).IsProblem(401, "unauthenticated");

    [Fact]
    public async Task An_admin_cannot_make_an_owners_key()
    {
        var admin = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Admin);

        (await admin.PostAsync("api-keys", new { name = "x", role = "owner" })).IsProblem(409, "owners-only");
    }
}
