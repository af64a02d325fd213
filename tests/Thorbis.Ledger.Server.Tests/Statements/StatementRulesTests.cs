using System.Text;
using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Budgets;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Statements;

/// <summary>Saying where statements go.</summary>
[Collection<BudgetLedgerTests>]
public sealed class StatementRulesTests(BudgetHost ledger)
{
    [Fact]
    public async Task Rules_are_shown_as_they_were_set_and_a_repetition_records_nothing()
    {
        var company = await ledger.CompanyAsync();
        var billing = await ledger.MemberAsync(company, Role.Billing);
        object[] destinations =
        [
            new { kind = "mail", address = "Private@acme.example" }, new { kind = "folder", path = "books" },
            new { kind = "s3", bucket = S3Listener.Bucket, region = "eu-central-1", prefix = "a/b" },
        ];
        var rules = new { secondPerson = true, destinations, reason = "audit" };

        (await billing.PutAsync("statements/rules", rules)).Is(204);
        (await billing.PutAsync("statements/rules", rules)).Is(204);

        var fact = Assert.Single(await ledger.RowsAsync(
            "select data::text from ledger.mt_events where tenant_id = $1 and stream_id = 'statement/rules'", company));
        var set = JsonSerializer.Deserialize<StatementRulesSet>(fact, LedgerJson.Options)!;
        Assert.StartsWith("user:", set.By, StringComparison.Ordinal);
        Assert.Equal("audit", set.Reason);
        Assert.DoesNotContain("private", fact, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(S3Listener.SecretKey, fact, StringComparison.Ordinal);
        var shown = (await billing.GetAsync("statements")).Is(200);
        Assert.DoesNotContain(S3Listener.AccessKey, shown.Content, StringComparison.Ordinal);
        Assert.Equal(
            """
            [{"kind":"mail","address":"private@acme.example"},{"kind":"folder","path":"books"},
            {"kind":"s3","bucket":"ledger-books","region":"eu-central-1","prefix":"a/b"}]
            """.ReplaceLineEndings(""),
            shown.Body.GetProperty("destinations").GetRawText());
    }

    [Theory]
    [InlineData("""{"kind":"mail","address":"nobody"}""", "destinations[1].address")]
    [InlineData("""{"kind":"folder","path":"../other"}""", "destinations[1].path")]
    [InlineData("""{"kind":"folder","path":"/etc"}""", "destinations[1].path")]
    [InlineData("""{"kind":"s3","bucket":"somebody-elses","region":"eu-central-1"}""", "destinations[1].bucket")]
    [InlineData("""{"kind":"s3","bucket":"ledger-books","region":"evil.example/"}""", "destinations[1].region")]
    [InlineData("""{"kind":"folder","path":"first"}""", "destinations[1]")]
    public async Task A_destination_that_cannot_be_taken_is_named_and_nothing_is_set(string destination, string field)
    {
        var company = await ledger.CompanyAsync();
        var billing = await ledger.MemberAsync(company, Role.Billing);
        using var body = Body($$"""{"kind":"folder","path":"first"},{{destination}}""");

        var refused = (await billing.PutAsync("statements/rules", body)).IsProblem(422, "invalid");

        Assert.Equal(field, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(0, await ledger.ScalarAsync(
            "select count(*) from ledger.mt_events where tenant_id = $1 and type = 'statement_rules_set'", company));
    }

    [Theory]
    [InlineData("""{"path":"books"}""")]
    [InlineData("""{"kind":"fax","number":"1"}""")]
    [InlineData("""{"kind":"mail"}""")]
    public async Task A_destination_of_no_known_shape_is_400_with_its_place(string destination)
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        using var body = Body(destination);

        var refused = (await billing.PutAsync("statements/rules", body)).IsProblem(400, "malformed");

        Assert.Equal(
            "$.destinations[0]", Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public void Rules_from_before_there_were_destinations_still_load()
    {
        var old = JsonSerializer.Deserialize<StatementRulesSet>(
            """{"occurredAt":"2026-03-10T12:00:00Z","secondPerson":true,"by":"user:a"}""", LedgerJson.Options)!;

        Assert.Equal((true, null, null), (old.SecondPerson, old.CloseAfterDays, old.Destinations));
    }

    [Fact]
    public async Task The_description_tells_the_shapes_apart_by_their_kind()
    {
        using var client = ledger.Host.Server.CreateClient();
        var document = JsonDocument.Parse(await client.GetStringAsync(
            new Uri("http://localhost/openapi/v1.json"), TestContext.Current.CancellationToken)).RootElement;
        var schemas = document.GetProperty("components").GetProperty("schemas");

        foreach (var (name, kinds) in new (string, string[])[]
        {
            ("DestinationView", ["folder", "mail", "s3"]),
            ("DeliveryTargetView", ["folder", "mail", "s3", "webhook"]),
        })
        {
            var discriminator = schemas.GetProperty(name).GetProperty("discriminator");
            Assert.Equal("kind", discriminator.GetProperty("propertyName").GetString());
            Assert.Equal(kinds, discriminator.GetProperty("mapping").EnumerateObject().Select(m => m.Name).Order());
        }
    }

    private static StringContent Body(string destinations) => new(
        $$"""{"secondPerson":false,"destinations":[{{destinations}}]}""", Encoding.UTF8, "application/json");
}
