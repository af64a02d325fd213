using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Usage;

[Collection<LedgerTests>]
public sealed class UsageByCostCentreTests(LedgerHost ledger)
{
    private const string March = "from=2026-03-01&to=2026-04-01";

    [Fact]
    public async Task Rows_add_up_to_the_company_and_what_was_there_before_an_assignment_stays()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var before = await traffic.OpenCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var admin = await traffic.AsAsync(Role.Admin);
        await AssignAsync(admin, $"numbers/{Uri.EscapeDataString(traffic.Number)}", "desk", "2026-03-10");
        (await admin.PutAsync("customers/ACME-17", new { name = "Acme" })).Is(201);
        (await admin.PostAsync("customers/ACME-17/parties", new
        {
            party = PhoneTraffic.Stranger,
            from = "2026-03-01",
        })).Is(200);
        await AssignAsync(admin, "customers/ACME-17", "acme", "2026-03-10");
        // It was counted before: it ends where it began.
        await traffic.TellAsync("call.hangup", before, Telnyx.Noon + Duration.FromMinutes(2));
        await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(1));
        await traffic.AnsweredCallAsync(Telnyx.Noon, from: "+14155550199");
        await traffic.AnsweredCallAsync(Telnyx.Noon - Duration.FromDays(1));
        await traffic.MessageAsync(Telnyx.Noon, "hi", PhoneTraffic.Stranger, "+14155550199");
        await traffic.Telnyx.SettleAsync();

        var report = (await admin.GetAsync($"usage/cost-centres?{March}")).Is(200).Body;
        var company = (await admin.GetAsync($"usage?{March}")).Is(200).Body;

        Assert.Equal(
            [" 2 57 0", "acme 1 57 1", "desk 1 57 0"],
            report.GetProperty("rows").EnumerateArray().Select(row =>
                $"{row.GetProperty("costCentre").GetString()} {Line(row.GetProperty("figures"))}"));
        Assert.Equal(company.GetProperty("totals").GetRawText(), report.GetProperty("totals").GetRawText());
        AssertSum(report.GetProperty("totals"), [.. report.GetProperty("rows").EnumerateArray()
            .Select(row => row.GetProperty("figures"))]);
        var acme = (await admin.GetAsync($"usage?{March}&costCentre=acme")).Is(200).Body;
        Assert.Equal(("acme", "1 57 1"), (
            acme.GetProperty("costCentre").GetString(), Line(acme.GetProperty("totals"))));
        Assert.Equal("0 0 0", Line((await admin.GetAsync($"usage?{March}&costCentre=other")).Is(200)
            .Body.GetProperty("totals")));
        var calls = (await admin.GetAsync("calls?costCentre=acme")).Is(200);
        Assert.Equal("2026-03-10T13:00:00Z", Assert.Single(calls.Items).GetProperty("usageAt").GetString());
        Assert.Single((await admin.GetAsync("messages?costCentre=acme")).Is(200).Items);
    }

    [Fact]
    public async Task The_series_and_lists_as_files_take_a_cost_centre()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var clerk = await traffic.AsAsync(Role.Billing);
        await AssignAsync(clerk, $"numbers/{Uri.EscapeDataString(traffic.Number)}", "desk", "2026-03-10");
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.AnsweredCallAsync(Telnyx.Noon - Duration.FromDays(1));
        await traffic.Telnyx.SettleAsync();

        async Task<string[]> LinesAsync(string query) =>
            (await clerk.GetAsync($"exports/{query}")).Is(200).Content.Split("\r\n")[1..^1];

        Assert.Equal(
            ["0", "1"],
            await LinesAsync("usage-series.csv?from=2026-03-09&to=2026-03-11&columns=calls_in&costCentre=desk"));
        Assert.Equal(["desk", ""], await LinesAsync($"calls.csv?{March}&columns=cost_centre"));
        Assert.Single(await LinesAsync($"calls.csv?{March}&costCentre=desk"));
        Assert.Single(await LinesAsync($"usage.csv?{March}&costCentre=desk"));
        Assert.Empty(await LinesAsync($"messages.csv?{March}&costCentre=desk"));
    }

    [Theory]
    [InlineData("usage?costCentre=desk&number=%2B12025550100", "costCentre")]
    [InlineData("exports/usage-series.csv?costCentre=desk&number=%2B12025550100", "costCentre")]
    [InlineData("usage/cost-centres?from=soon", "from")]
    [InlineData("usage/cost-centres?from=2026-03-07T00:05:00Z", "from")]
    [InlineData("usage/cost-centres?from=2026-03-07&to=2026-03-07", "to")]
    [InlineData("usage/cost-centres?zone=Mars/Olympus", "zone")]
    public async Task What_cannot_be_answered_is_422_and_names_the_field(string path, string field)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var answer = (await clerk.GetAsync(path)).IsProblem(422, "invalid");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
    }

    private static async Task AssignAsync(Caller caller, string of, string costCentre, string from) =>
        (await caller.PostAsync($"{of}/cost-centres", new { costCentre, from })).Is(200);

    /// <summary>Incoming calls, seconds of talk, messages sent.</summary>
    private static string Line(JsonElement figures)
    {
        var calls = figures.GetProperty("calls");
        return $"{calls.GetProperty("in")} {calls.GetProperty("talkSeconds")} "
            + figures.GetProperty("messages").GetProperty("out").GetProperty("total");
    }

    /// <summary>Every number in it but averages is the sum of those in the same place.</summary>
    private static void AssertSum(JsonElement whole, JsonElement[] parts)
    {
        foreach (var figure in whole.EnumerateObject().Where(
            figure => !figure.Name.StartsWith("average", StringComparison.Ordinal)))
        {
            if (figure.Value.ValueKind == JsonValueKind.Object)
            {
                AssertSum(figure.Value, [.. parts.Select(part => part.GetProperty(figure.Name))]);
            }
            else if (figure.Value.ValueKind == JsonValueKind.Number)
            {
                var sum = parts.Sum(part => part.GetProperty(figure.Name).GetDecimal());
                Assert.Equal((figure.Name, figure.Value.GetDecimal()), (figure.Name, sum));
            }
        }
    }
}
