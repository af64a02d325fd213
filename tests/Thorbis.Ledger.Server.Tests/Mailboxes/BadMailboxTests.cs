using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Mailboxes.MailboxPlans;

namespace Thorbis.Ledger.Server.Tests.Mailboxes;

/// <summary>What cannot be taken is told by its field, and nothing is recorded.</summary>
[Collection<LedgerTests>]
public sealed class BadMailboxTests(LedgerHost ledger)
{
    [Theory]
    [InlineData("name", "\"\"", 422, "name")]
    [InlineData("name", null, 400, "$")]
    [InlineData("greeting", """{"kind":"song"}""", 400, "$.greeting")]
    [InlineData("greeting", """{"kind":"speech","text":"","language":"en-US","voice":"anna"}""", 422, "greeting.text")]
    [InlineData("notice",
        """{"members":["nobody"],"byEmail":true,"byText":false,"withTranscript":false}""", 422, "notice.members[0]")]
    [InlineData("notice",
        """{"members":[],"byEmail":true,"byText":false,"withTranscript":false}""", 422, "notice.members")]
    [InlineData("notice", """{"members":null}""", 400, "$.notice")]
    [InlineData("messageSecondsMax", "9", 422, "messageSecondsMax")]
    [InlineData("messageSecondsMax", "99999999999", 400, "$.messageSecondsMax")]
    [InlineData("messagesMax", "10001", 422, "messagesMax")]
    [InlineData("retentionDays", "0", 422, "retentionDays")]
    [InlineData("retentionDays", "\"never\"", 400, "$.retentionDays")]
    [InlineData("effectiveAt", "\"2020-01-01T00:00:00Z\"", 422, "effectiveAt")]
    [InlineData("effectiveAt", "\"2090-01-01T00:00:00Z\"", 422, "effectiveAt")]
    [InlineData("effectiveAt", "\"2030-01-01T00:00:00\"", 400, "$.effectiveAt")]
    public async Task A_field_that_cannot_be_taken_is_named(string field, string? json, int status, string named)
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        var body = JsonSerializer.SerializeToNode(Body("Front desk"), LedgerJson.Options)!.AsObject();
        body.Remove(field);
        if (json is not null)
        {
            body[field] = JsonNode.Parse(json);
        }

        var refused = (await manager.PostAsync(
            "mailboxes", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json")))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.StartsWith(
            named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name, StringComparison.Ordinal);
        Assert.Empty((await manager.GetAsync("mailboxes")).Items);
    }

    [Theory]
    [InlineData("Front")]
    [InlineData("a%2Fb")]
    [InlineData("a%20b")]
    [InlineData("a%0Ab")]
    [InlineData("01234567890123456789012345678901234567890")]
    public async Task An_id_that_cannot_stand_in_an_address_is_refused(string id)
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);

        var refused = (await manager.PostAsync($"mailboxes?mailboxId={id}", Body("Front desk")))
            .IsProblem(422, "invalid");

        Assert.Equal("mailboxId", Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        (await manager.GetAsync($"mailboxes/{id}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var (_, manager) = await ledger.FrontDeskAsync();

        var taken = (await manager.PostAsync("mailboxes", Body("Front desk"))).IsProblem(422, "invalid");

        Assert.True(taken.Body.GetProperty("errors").TryGetProperty("name", out _));
        Assert.Single((await manager.GetAsync("mailboxes")).Items);
    }

    [Theory]
    [InlineData("?at=2030-01-01T00:00:00", "at")]
    [InlineData("?asKnownAt=noon", "asKnownAt")]
    [InlineData("?asKnownSeq=-1", "asKnownSeq")]
    [InlineData("/versions?limit=0", "limit")]
    public async Task A_question_that_cannot_be_answered_names_its_parameter(string asked, string named)
    {
        var (_, manager) = await ledger.FrontDeskAsync();

        var refused = (await manager.GetAsync(Front + asked)).IsProblem(422, "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_document_tells_the_limits()
    {
        using var client = ledger.Host.Server.CreateClient();
        var document = JsonDocument.Parse(await client.GetStringAsync(
            new Uri("http://localhost/openapi/v1.json"), TestContext.Current.CancellationToken)).RootElement;
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var box = schemas.GetProperty("MailboxRequest").GetProperty("properties");
        var terms = schemas.GetProperty("TeamTermsRequest").GetProperty("properties");

        Assert.Equal((10, 3600, 10000, 3650, 100, 500), (
            Limit(box, "messageSecondsMax", "minimum"), Limit(box, "messageSecondsMax", "maximum"),
            Limit(box, "messagesMax", "maximum"), Limit(box, "retentionDays", "maximum"),
            Limit(box, "name", "maxLength"), Limit(box, "reason", "maxLength")));
        Assert.Equal((50, 10), (Limit(terms, "callsMax", "maximum"), Limit(terms, "phones", "maxItems")));
        Assert.Equal("^[0-9]{4,10}$", schemas.GetProperty("PinRequest").GetProperty("properties").GetProperty("pin")
            .GetProperty("pattern").GetString());

        static int Limit(JsonElement fields, string field, string limit) =>
            fields.GetProperty(field).GetProperty(limit).GetInt32();
    }
}
