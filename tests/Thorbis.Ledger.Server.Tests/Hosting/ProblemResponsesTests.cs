using System.Text;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Hosting;

[Collection<LedgerTests>]
public sealed class ProblemResponsesTests(LedgerHost ledger)
{
    [Theory]
    [InlineData("{", "$")]
    [InlineData("{}", "$")]
    [InlineData("""{"name":"x","role":"emperor"}""", "$.role")]
    [InlineData("""{"name":"x","role":7}""", "$.role")]
    [InlineData("""{"name":null,"role":"member"}""", "$.name")]
    public async Task A_body_that_cannot_be_read_is_400_with_the_field(string body, string field)
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = (await owner.PostAsync("api-keys", content)).IsProblem(400, "malformed");

        Assert.Equal(field, Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_read_is_400_with_its_name()
    {
        var member = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Member);

        var answer = (await member.GetAsync("numbers?limit=many")).IsProblem(400, "malformed");

        Assert.Equal("limit", Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("numbers?limit=0")]
    [InlineData("numbers?limit=501")]
    [InlineData("numbers?cursor=tampered")]
    [InlineData("numbers?cursor=WyJ4Il0")]
    public async Task A_page_that_cannot_be_had_is_422(string path) =>
        (await (await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Member)).GetAsync(path))
            .IsProblem(422, "invalid");

    [Fact]
    public async Task What_the_database_cannot_store_is_422()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        (await owner.PostAsync("api-keys", new { name = "a\0b", role = "member" })).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task An_unknown_path_and_a_wrong_method_are_problems()
    {
        var op = await ledger.OperatorAsync();

        (await op.GetAsync("nowhere")).IsProblem(404, "not-found");
        (await op.PutAsync("operator/companies")).IsProblem(405, "method-not-allowed");
        using var text = new StringContent("plain");
        (await op.PostAsync("operator/companies", text)).IsProblem(415, "unsupported-media-type");
    }
}
