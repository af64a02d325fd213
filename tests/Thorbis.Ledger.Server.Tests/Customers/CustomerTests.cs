using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Customers;

[Collection<LedgerTests>]
public sealed class CustomerTests(LedgerHost ledger)
{
    private const string Other = "+14155550101";

    [Fact]
    public async Task A_customer_is_named_renamed_and_listed_by_id()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        foreach (var id in new[] { "B-2", "A-1", "a-1" })
        {
            (await manager.PutAsync($"customers/{id}", new { name = $"Customer {id}" })).Is(201);
        }

        (await manager.PutAsync("customers/A-1", new { name = "Acme", reason = "its own name" })).Is(200);
        var first = (await manager.GetAsync("customers?limit=2")).Is(200);
        var rest = (await manager.GetAsync($"customers?limit=2&cursor={first.Text("next")}")).Is(200);

        Assert.Equal(
            ["A-1 Acme", "B-2 Customer B-2", "a-1 Customer a-1"],
            first.Items.Concat(rest.Items).Select(row => $"{Text(row, "customerId")} {Text(row, "name")}"));
        Assert.False(rest.Body.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task A_party_moves_from_day_to_day_and_what_is_so_already_records_nothing()
    {
        var company = await ledger.CompanyAsync();
        var admin = await ledger.MemberAsync(company, Role.Admin);
        await NameAsync(admin, "A", "B");
        await LinkAsync(admin, "A", Other, "2026-03-01");
        await LinkAsync(admin, "B", Other, "2026-03-10");
        await LinkAsync(admin, "A", PhoneTraffic.Stranger, "2026-03-02");
        var path = $"customers/B/parties/{Uri.EscapeDataString(Other)}";
        (await admin.DeleteAsync($"{path}?from=2026-03-20")).Is(204);

        var facts = await FactsAsync(company);
        await LinkAsync(admin, "B", Other, "2026-03-15");
        (await admin.DeleteAsync($"{path}?from=2026-03-21")).Is(204);
        (await admin.PutAsync("customers/A", new { name = "A" })).Is(200);

        Assert.Equal(facts, await FactsAsync(company));
        Assert.Equal(
            [$"{Other} 2026-03-01 2026-03-10", $"{PhoneTraffic.Stranger} 2026-03-02 "], await PartiesAsync(admin, "A"));
        Assert.Equal([$"{Other} 2026-03-10 2026-03-20"], await PartiesAsync(admin, "B"));
        (await admin.DeleteAsync($"{path}?from=2026-03-05")).IsProblem(409, "party-elsewhere");
    }

    [Fact]
    public async Task The_history_of_a_customer_is_what_its_parties_did_while_they_were_its()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var before = await traffic.AnsweredCallAsync(Telnyx.Noon - Duration.FromDays(1));
        var first = await traffic.AnsweredCallAsync(Telnyx.Noon);
        var second = await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(1));
        await traffic.AnsweredCallAsync(Telnyx.Noon, from: "+14155550199");
        var after = await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromDays(1));
        var message = await traffic.MessageAsync(Telnyx.Noon, "hi", "+14155550100", PhoneTraffic.Stranger);
        await traffic.MessageAsync(Telnyx.Noon, "hi", Other);
        await traffic.Telnyx.SettleAsync();
        var admin = await traffic.AsAsync(Role.Admin);
        await NameAsync(admin, "ACME-17", "B");
        await LinkAsync(admin, "ACME-17", PhoneTraffic.Stranger, "2026-03-10");
        await LinkAsync(admin, "B", PhoneTraffic.Stranger, "2026-03-11");

        var links = (await admin.GetAsync("customers/ACME-17")).Is(200).Body;
        async Task<string> IdsAsync(string list, string id) => string.Join(
            ',', (await admin.GetAsync(list["/api/v1/".Length..])).Is(200).Items.Select(row => Text(row, id)));

        Assert.Equal($"s-{second},s-{first}", await IdsAsync(Text(links, "calls"), "callId"));
        Assert.Equal($"s-{second}", await IdsAsync(Text(links, "calls") + "&limit=1", "callId"));
        Assert.Equal(message, await IdsAsync(Text(links, "messages"), "messageId"));
        Assert.Equal($"s-{after}", await IdsAsync("/api/v1/calls?customer=B", "callId"));
        Assert.Equal("", await IdsAsync("/api/v1/calls?customer=nobody", "callId"));
        Assert.DoesNotContain($"s-{before}", await IdsAsync(Text(links, "calls"), "callId"));
        var files = await Task.WhenAll(
            new[] { "usage", "calls", "messages" }.Select(name => LinesAsync(admin, name, "ACME-17")));
        Assert.Equal([3, 2, 1], files);
    }

    [Theory]
    [InlineData("PUT", "A%207", """{"name":"Acme"}""", 422, "customerId")]
    [InlineData("PUT", "A", """{"name":" "}""", 422, "name")]
    [InlineData("PUT", "A", """{}""", 400, "$")]
    [InlineData("POST", "A/parties", """{"party":"anonymous"}""", 422, "party")]
    [InlineData("POST", "A/parties", """{"party":"+14155550101","from":"soon"}""", 422, "from")]
    [InlineData("POST", "A/parties", """{"party":"+14155550101","from":"1999-01-01"}""", 422, "from")]
    [InlineData("POST", "nobody/parties", """{"party":"+14155550101"}""", 404, null)]
    [InlineData("DELETE", "A/parties/short?from=2026-03-01", null, 422, "party")]
    [InlineData("DELETE", "nobody/parties/+14155550101", null, 404, null)]
    [InlineData("POST", "A/cost-centres", """{"costCentre":" x"}""", 422, "costCentre")]
    [InlineData("POST", "A/cost-centres", """{"costCentre":"x","from":"2099-01-01"}""", 422, "from")]
    [InlineData("POST", "nobody/cost-centres", """{"costCentre":"x"}""", 404, null)]
    [InlineData("GET", "nobody/cost-centres", null, 404, null)]
    [InlineData("GET", "nobody", null, 404, null)]
    public async Task What_cannot_be_taken_is_a_problem_that_names_the_field(
        string method, string path, string? body, int status, string? field)
    {
        var admin = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Admin);
        await NameAsync(admin, "A");

        var answer = await admin.SendAsync(
            new(method), $"customers/{path}", body is null ? null : new StringContent(body, null, "application/json"));

        answer.IsProblem(status, status switch { 422 => "invalid", 400 => "malformed", _ => "not-found" });
        Assert.True(field is null || answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
        (await admin.GetAsync("calls?customer=A%207")).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task Customers_of_one_company_are_nothing_to_another_even_under_the_same_id_and_with_the_same_party()
    {
        var (mine, theirs) = (await PhoneTraffic.NewAsync(ledger), await PhoneTraffic.NewAsync(ledger));
        var (me, them) = (await mine.AsAsync(Role.Admin), await theirs.AsAsync(Role.Admin));
        await NameAsync(them, "A", "secret");
        await LinkAsync(them, "A", PhoneTraffic.Stranger, "2026-03-01");
        (await them.PostAsync("customers/A/cost-centres", new { costCentre = "theirs", from = "2026-03-01" })).Is(200);
        await NameAsync(me, "A");
        var call = await mine.AnsweredCallAsync(Telnyx.Noon);
        await mine.Telnyx.SettleAsync();

        Assert.Equal(["A"], (await me.GetAsync("customers")).Is(200).Items.Select(row => Text(row, "customerId")));
        (await me.GetAsync("customers/secret")).IsProblem(404, "not-found");
        Assert.Empty(await PartiesAsync(me, "A"));
        Assert.Empty((await me.GetAsync("calls?customer=A")).Is(200).Items);
        Assert.Empty((await me.GetAsync("calls?costCentre=theirs")).Is(200).Items);
        Assert.Equal("", Assert.Single(
            (await me.GetAsync("usage/cost-centres?from=2026-03-01&to=2026-04-01")).Is(200).Body
                .GetProperty("rows").EnumerateArray().Select(row => Text(row, "costCentre"))));
        await LinkAsync(me, "A", PhoneTraffic.Stranger, "2026-03-01");
        Assert.Equal($"s-{call}", Text(Assert.Single((await me.GetAsync("calls?customer=A")).Is(200).Items), "callId"));
        Assert.Empty((await them.GetAsync("calls?customer=A")).Is(200).Items);
    }

    [Theory]
    [InlineData(Role.Member, 403, 403)]
    [InlineData(Role.Auditor, 403, 403)]
    [InlineData(Role.Manager, 200, 403)]
    [InlineData(Role.Billing, 200, 200)]
    public async Task Who_may_not_manage_customers_may_not_move_parties_or_costs(Role role, int link, int centre)
    {
        var company = await ledger.CompanyAsync();
        await NameAsync(await ledger.MemberAsync(company, Role.Admin), "A");
        var caller = await ledger.MemberAsync(company, role);

        (await caller.GetAsync("customers/A")).Is(200);
        (await caller.PostAsync("customers/A/parties", new { party = Other })).Is(link);
        (await caller.PostAsync("customers/A/cost-centres", new { costCentre = "x" })).Is(centre);
    }

    private static async Task NameAsync(Caller admin, params string[] ids)
    {
        foreach (var id in ids)
        {
            (await admin.PutAsync($"customers/{id}", new { name = id })).Is(201);
        }
    }

    private static async Task LinkAsync(Caller admin, string customer, string party, string from) =>
        (await admin.PostAsync($"customers/{customer}/parties", new { party, from })).Is(200);

    private static async Task<IEnumerable<string>> PartiesAsync(Caller caller, string customer) =>
        (await caller.GetAsync($"customers/{customer}")).Is(200).Body.GetProperty("parties").EnumerateArray()
            .Select(one => $"{Text(one, "party")} {Text(one, "from")} "
                + (one.TryGetProperty("until", out var until) ? until.GetString() : "")).ToList();

    private static async Task<int> LinesAsync(Caller caller, string export, string customer) =>
        (await caller.GetAsync($"exports/{export}.csv?customer={customer}")).Is(200).Content.Split("\r\n").Length - 2;

    private Task<long> FactsAsync(string company) =>
        ledger.ScalarAsync("select count(*) from ledger.mt_events where tenant_id = $1", company);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
