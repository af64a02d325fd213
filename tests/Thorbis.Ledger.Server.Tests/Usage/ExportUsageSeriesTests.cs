using System.Globalization;
using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Usage;

[Collection<LedgerTests>]
public sealed class ExportUsageSeriesTests(LedgerHost ledger)
{
    // 2026-03-08 has 23 hours in New York.
    private static readonly Instant InSpring = Instant.FromUtc(2026, 3, 9, 3, 59);

    [Theory]
    [InlineData("from=2026-03-08&to=2026-03-09&by=hour")]
    [InlineData("from=2026-03-07&to=2026-03-10")]
    [InlineData("from=2026-03-01&to=2026-04-01&by=week&zone=Asia/Kathmandu")]
    [InlineData("from=2026-01-01&to=2026-04-01&by=month&zone=UTC")]
    [InlineData("from=2026-03-07&to=2026-03-10&number=%2B12025559999")]
    public async Task Every_step_has_the_figures_of_the_usage_and_both_its_instants(string query)
    {
        var clerk = await ClerkAsync();

        var series = (await clerk.GetAsync($"usage?{query}")).Is(200).Body.GetProperty("series");
        var file = (await clerk.GetAsync($"exports/usage-series.csv?{query}")).Is(200);

        var lines = file.Content.Split("\r\n")[..^1];
        var names = lines[0].Split(',');
        Assert.Equal(series.GetArrayLength(), lines.Length - 1);
        foreach (var (step, line) in series.EnumerateArray().Zip(lines.Skip(1)))
        {
            // JSON leaves out what is null; its cell is empty.
            var told = names.Zip(line.Split(',')).Where(cell => cell.Second.Length > 0)
                .Select(cell => $"{cell.First} {cell.Second}").Order(StringComparer.Ordinal);
            Assert.Equal(Cells(step).Order(StringComparer.Ordinal), told);
        }
    }

    [Fact]
    public async Task A_manifest_adds_the_steps_up_but_not_their_averages()
    {
        var clerk = await ClerkAsync();

        var manifest = (await clerk.GetAsync(
            "exports/usage-series.manifest.json?from=2026-03-01&to=2026-04-01&columns=start,calls_in,calls_talk_seconds"
            + ",calls_average_talk_seconds,voicemails")).Is(200);

        Assert.Equal(
            ["calls_in 3", "calls_talk_seconds 114"],
            manifest.Body.GetProperty("totals").EnumerateArray().Select(total =>
                $"{total.GetProperty("column").GetString()} {total.GetProperty("amount").GetDecimal()}"));
        Assert.Equal(("telnyx-usage-series-2026-03-31.csv", 31), (
            manifest.Text("file"), manifest.Body.GetProperty("rows").GetInt32()));
    }

    [Theory]
    [InlineData("by=year", "by")]
    [InlineData("from=2026-03-07T00:05:00Z", "from")]
    [InlineData("from=2026-03-07&to=2026-03-07", "to")]
    [InlineData("columns=calls", "columns")]
    public async Task What_the_usage_refuses_the_file_refuses_too(string query, string field)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var answer = (await clerk.GetAsync($"exports/usage-series.csv?{query}")).IsProblem(422, "invalid");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
    }

    private async Task<Caller> ClerkAsync()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(InSpring);
        await traffic.AnsweredCallAsync(InSpring - Duration.FromHours(1));
        await traffic.OpenCallAsync(InSpring - Duration.FromHours(30));
        await traffic.MessageAsync(InSpring, "hi", "+14155550101", "+14155550102");
        var clerk = await traffic.AsAsync(Role.Billing);
        await traffic.Telnyx.SettleAsync();
        return clerk;
    }

    /// <summary>Every leaf, named by its way through the answer.</summary>
    private static IEnumerable<string> Cells(JsonElement step) =>
        step.GetProperty("figures").EnumerateObject().SelectMany(figure => Leaves(Snake(figure.Name), figure.Value))
            .Prepend($"end {Time(step, "end")}").Prepend($"start {Time(step, "start")}");

    /// <summary>JSON has a Z for UTC.</summary>
    private static string Time(JsonElement step, string name) =>
        step.GetProperty(name).GetString()!.Replace("Z", "+00:00", StringComparison.Ordinal);

    private static IEnumerable<string> Leaves(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(next =>
            Leaves($"{path}_{Snake(next.Name)}", next.Value)),
        JsonValueKind.Null => [],
        _ => [$"{path} {value.GetDecimal().ToString(CultureInfo.InvariantCulture)}"],
    };

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
