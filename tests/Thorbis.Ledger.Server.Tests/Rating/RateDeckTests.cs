using System.Text;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Rating;

[Collection<LedgerTests>]
public sealed class RateDeckTests(LedgerHost ledger)
{
    private const string File = """
        service,unit,prefix,number_type,price,first_increment,increment,minimum,connect_fee
        call_out,minute,+1,,0.0120,60,6,0,0
        call_out,minute,+44,,0.03,1,1,30,0.01
        number_month,month,,toll_free,2,60,60,0,0
        """;

    [Fact]
    public async Task A_company_begins_with_the_default_deck()
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var version = Assert.Single((await billing.GetAsync("rate-decks")).Is(200).Items);

        Assert.Equal(("default", 0, true), (
            version.GetProperty("deckId").GetString(), version.GetProperty("version").GetInt32(),
            version.GetProperty("inForce").GetBoolean()));
        var rows = (await billing.GetAsync("rate-decks/default/versions/0")).Is(200).Body.GetProperty("rows");
        Assert.Contains(rows.EnumerateArray(), row =>
            row.GetProperty("service").GetString() == "callOut" && row.GetProperty("price").GetDecimal() == 0.012m);
    }

    [Fact]
    public async Task A_file_becomes_the_next_version_and_comes_back_as_it_was()
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var published = (await billing.PostAsync(
            "rate-decks/default/versions/csv?currency=EUR&reason=new+carrier&activeFrom=2030-01-01T00:00:00Z",
            Csv(File)))
            .Is(201);

        Assert.Equal((1, false, 3), (
            published.Body.GetProperty("version").GetInt32(), published.Body.GetProperty("inForce").GetBoolean(),
            published.Body.GetProperty("rowCount").GetInt32()));
        Assert.Equal("new carrier", published.Text("reason"));
        var file = (await billing.GetAsync("rate-decks/default/versions/1/rows.csv")).Is(200);
        Assert.Equal(File.ReplaceLineEndings("\r\n") + "\r\n", file.Content);
        Assert.Equal("rate-deck-default-v1.csv", file.FileName);
    }

    [Fact]
    public async Task Every_bad_line_of_a_file_is_named_and_nothing_is_changed()
    {
        const string bad = """
            service,unit,price,prefix
            call_out,minute,0.01,+1
            call_out,hour,0.01,+2
            call_out,minute,"0,01",+3
            call_out,minute,0.01,0044
            call_out,minute,-1,+5
            call_out,minute,0.02,+1
            """;
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var refused = (await billing.PostAsync("rate-decks/default/versions/csv?currency=USD&reason=r", Csv(bad)))
            .IsProblem(422, "invalid-file");

        Assert.Equal(
            ["line 3 unit", "line 4 price", "line 5 prefix", "line 6 price", "line 7 service"],
            refused.Body.GetProperty("errors").EnumerateObject()
                .Select(line => $"{line.Name} {line.Value[0].GetString()!.Split(':')[0]}"));
        Assert.Single((await billing.GetAsync("rate-decks")).Items);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("service,unit\ncall_out,minute", "line 1")]
    [InlineData("service,unit,price,colour\ncall_out,minute,1,red", "line 1")]
    [InlineData("service,unit,price,price\ncall_out,minute,1,1", "line 1")]
    [InlineData("service,unit,price\ncall_out,minute", "line 2")]
    [InlineData("service,unit,price\ncall_out,minute,1,2", "line 2")]
    [InlineData("service,unit,price\ncall_out,minute,\"1\"2", "line 2")]
    public async Task A_torn_file_is_refused_by_its_line(string file, string line)
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var refused = (await billing.PostAsync("rate-decks/default/versions/csv?currency=USD&reason=r", Csv(file)))
            .IsProblem(422, "invalid-file");

        Assert.Equal(line, refused.Body.GetProperty("errors").EnumerateObject().First().Name);
    }

    [Fact]
    public async Task Rows_can_be_published_as_json_and_the_reason_is_asked_for()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        object[] rows = [new { service = "smsOut", unit = "part", price = 0.01m }];

        (await owner.PostAsync("rate-decks/default/versions", new { currency = "USD", rows, reason = "" }))
            .IsProblem(422, "invalid");
        (await owner.PostAsync("rate-decks/default/versions", new { currency = "USD", rows, reason = "cheaper" }))
            .Is(201);

        var versions = (await owner.GetAsync("rate-decks")).Items;
        Assert.Equal([false, true], versions.Select(version => version.GetProperty("inForce").GetBoolean()));
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("a_b")]
    public async Task What_is_no_id_names_no_deck(string deck)
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        (await billing.PostAsync($"rate-decks/{deck}/versions/csv?currency=USD&reason=r", Csv(File))).Is(404);
        Assert.Single((await billing.GetAsync("rate-decks")).Items);
    }

    [Fact]
    public async Task Only_owner_admin_and_billing_publish_and_a_member_sees_no_prices()
    {
        var company = await ledger.CompanyAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var member = await ledger.MemberAsync(company, Role.Member);

        (await auditor.GetAsync("rate-decks")).Is(200);
        (await auditor.PostAsync("rate-decks/default/versions/csv?currency=USD&reason=r", Csv(File))).Is(403);
        (await member.GetAsync("rate-decks")).Is(403);
    }

    [Fact]
    public async Task Another_companys_deck_is_404_and_its_versions_stay_its_own()
    {
        var other = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        (await other.PostAsync("rate-decks/special/versions/csv?currency=USD&reason=r", Csv(File))).Is(201);
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        (await billing.GetAsync("rate-decks/special/versions/1")).IsProblem(404, "not-found");
        Assert.Single((await billing.GetAsync("rate-decks")).Items);
    }

    private static StringContent Csv(string file) => new(file, Encoding.UTF8, "text/csv");
}
