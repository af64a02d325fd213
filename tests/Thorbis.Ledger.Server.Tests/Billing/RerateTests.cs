using System.Globalization;
using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

[Collection<LedgerTests>]
public sealed class RerateTests(LedgerHost ledger)
{
    private const string March = "from=2026-03-01&to=2026-04-01";

    private static readonly object Range = new { from = "2026-03-01", to = "2026-04-01" };

    [Fact]
    public async Task What_is_previewed_comes_as_adjustment_lines_that_explain_themselves()
    {
        var (traffic, leg) = await PricedCallAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        await PublishAsync(billing, "default", price: 1);
        var before = await CostsAsync(billing, March);

        var preview = (await billing.PostAsync("re-ratings/preview", Range)).Is(200).Body;
        (await billing.PostAsync("re-ratings", Ask(preview.GetProperty("difference")))).Is(202);
        await traffic.Telnyx.SettleAsync();

        Assert.Equal(["0.988 USD"], Amounts(preview.GetProperty("difference")));
        var sum = Assert.Single(preview.GetProperty("sums").EnumerateArray());
        Assert.Equal(
            ("call_in", 1, 0.012m, 1m),
            (sum.GetProperty("service").GetString(), sum.GetProperty("lines").GetInt32(),
                sum.GetProperty("before").GetDecimal(), sum.GetProperty("after").GetDecimal()));
        var lines = (await billing.GetAsync($"cost-lines?stream=call/s-{leg}")).Is(200).Items;
        Assert.Equal(["adjustment", "charge"], lines.Select(line => line.GetProperty("kind").GetString()).Order());
        var line = lines.Single(line => line.GetProperty("kind").GetString() == "adjustment");
        Assert.Equal(
            ("default", 1), (line.GetProperty("deck").GetString(), line.GetProperty("deckVersion").GetInt32()));
        var why = (await billing.GetAsync($"cost-lines/{line.GetProperty("lineId").GetString()}/why")).Is(200).Body;
        Assert.True(why.GetProperty("agrees").GetBoolean(), why.GetRawText());
        Assert.Equal("the price was wrong", why.GetProperty("rerated").GetProperty("reason").GetString());
        Assert.Equal(
            "0 + 1 × 60 / 60 = 1 USD", why.GetProperty("after").GetProperty("formula").GetString());
        var known = $"{March}&asKnownSeq={before.GetProperty("asKnownSeq").GetInt64()}";
        Assert.Equal(Total(before), Total(await CostsAsync(billing, known)));
        Assert.Equal(Total(before) + 0.988m, Total(await CostsAsync(billing, March)));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_records_nothing()
    {
        var (traffic, _) = await PricedCallAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        await PublishAsync(billing, "default", price: 1);
        (await billing.PostAsync("re-ratings", Ask(Money(0.988m)))).Is(202);
        await traffic.Telnyx.SettleAsync();

        var again = (await billing.PostAsync("re-ratings", Ask(Array.Empty<object>()))).Is(200).Body;

        Assert.Equal(0, again.GetProperty("lines").GetInt32());
        var told = Assert.Single((await billing.GetAsync("re-ratings")).Is(200).Body.EnumerateArray());
        Assert.Equal((1, "0.988 USD"), (
            told.GetProperty("lines").GetInt32(), Assert.Single(Amounts(told.GetProperty("difference")))));
    }

    [Fact]
    public async Task What_comes_late_into_the_range_is_priced_as_the_range_is_and_no_other()
    {
        var (traffic, _) = await PricedCallAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        await PublishAsync(billing, "partner", price: 2);
        (await billing.PostAsync("re-ratings", Ask(Money(1.988m), deck: "partner"))).Is(202);

        var late = await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(1));
        var after = await traffic.AnsweredCallAsync(Instant.FromUtc(2026, 4, 2, 12, 0));
        await traffic.Telnyx.SettleAsync();

        Assert.Equal("partner 2 USD", await LineAsync(billing, late));
        Assert.Equal("default 0.012 USD", await LineAsync(billing, after));
    }

    [Fact]
    public async Task A_difference_that_is_not_the_one_expected_is_409_and_changes_nothing()
    {
        var (traffic, _) = await PricedCallAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        await PublishAsync(billing, "default", price: 1);

        var answer = (await billing.PostAsync("re-ratings", Ask(Money(0.9m)))).IsProblem(409, "difference-moved");

        Assert.Contains("0.988", answer.Content);
        Assert.Empty((await billing.GetAsync("re-ratings")).Is(200).Body.EnumerateArray());
        (await (await traffic.AsAsync(Role.Auditor)).PostAsync("re-ratings", Ask(Money(0.988m)))).Is(403);
    }

    [Theory]
    [InlineData("from", """{"from":"soon","to":"2026-04-01"}""")]
    [InlineData("to", """{"from":"2026-03-01","to":"2099-04-01"}""")]
    [InlineData("to", """{"from":"2026-03-01","to":"2026-03-01"}""")]
    [InlineData("deck", """{"from":"2026-03-01","to":"2026-04-01","deck":"none"}""")]
    [InlineData("version", """{"from":"2026-03-01","to":"2026-04-01","version":7}""")]
    [InlineData("reason", """{"from":"2026-03-01","to":"2026-04-01","expected":[]}""")]
    [InlineData("expected", """{"from":"2026-03-01","to":"2026-04-01","reason":"why"}""")]
    public async Task What_cannot_be_done_is_422_and_names_the_field(string field, string request)
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var answer = (await billing.PostAsync("re-ratings", JsonSerializer.Deserialize<JsonElement>(
            request.Contains("expected", StringComparison.Ordinal) || field == "expected"
                ? request : request[..^1] + ""","reason":"why","expected":[]}"""))).IsProblem(422, "invalid");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
    }

    private async Task<(PhoneTraffic Traffic, string Leg)> PricedCallAsync()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        return (traffic, leg);
    }

    internal static async Task PublishAsync(Caller billing, string deck, decimal price) =>
        (await billing.PostAsync($"rate-decks/{deck}/versions", new
        {
            currency = "USD",
            reason = "dearer",
            activeFrom = "2026-01-01T00:00:00Z",
            rows = new object[]
            {
                new { service = "callIn", unit = "minute", price },
                new { service = "numberMonth", unit = "month", price = 1 },
            },
        })).Is(201);

    internal static object Ask(object expected, string? deck = null) => new
    {
        from = "2026-03-01",
        to = "2026-04-01",
        deck,
        reason = "the price was wrong",
        expected,
    };

    private static Domain.Money[] Money(decimal amount) => [new(amount, "USD")];

    private static async Task<string> LineAsync(Caller billing, string leg)
    {
        var line = Assert.Single((await billing.GetAsync($"cost-lines?stream=call/s-{leg}")).Is(200).Items);
        return $"{line.GetProperty("deck").GetString()} {Text(line.GetProperty("amount"))}";
    }

    private static async Task<JsonElement> CostsAsync(Caller billing, string query) =>
        (await billing.GetAsync($"costs?{query}")).Is(200).Body;

    private static decimal Total(JsonElement costs) =>
        costs.GetProperty("totals").EnumerateArray().Sum(total => total.GetProperty("amount").GetDecimal());

    private static List<string> Amounts(JsonElement amounts) => [.. amounts.EnumerateArray().Select(Text)];

    private static string Text(JsonElement money) => string.Create(
        CultureInfo.InvariantCulture,
        $"{money.GetProperty("amount").GetDecimal():0.########} {money.GetProperty("currency").GetString()}");
}
