using System.Security.Cryptography;
using System.Text;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

[Collection<LedgerTests>]
public sealed class ExportManifestTests(LedgerHost ledger)
{
    private const string March = "from=2026-03-01&to=2026-04-01";

    [Theory]
    [InlineData("calls", "")]
    [InlineData("calls", "&columns=origin,call_id,party&zone=Asia/Kathmandu")]
    [InlineData("messages", "&raw=1")]
    [InlineData("usage", "&columns=To,Date")]
    [InlineData("usage-series", "&by=week")]
    [InlineData("cost-lines", "&source=deck")]
    public async Task A_manifest_has_the_hash_the_length_and_the_rows_of_the_file(string export, string more)
    {
        var clerk = await ClerkAsync();

        var manifest = (await clerk.GetAsync($"exports/{export}.manifest.json?{March}{more}")).Is(200);
        var file = (await clerk.GetAsync($"exports/{export}.csv?{March}{more}")).Is(200);

        var bytes = Encoding.UTF8.GetBytes(file.Content);
        Assert.Equal(
            (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, file.Content.Split("\r\n").Length - 2),
            (manifest.Text("sha256"), Of(manifest, "bytes"), Of(manifest, "rows")));
        Assert.Equal(
            file.Content.Split("\r\n")[0],
            string.Join(',', manifest.Body.GetProperty("columns").EnumerateArray().Select(name => name.GetString())));
        Assert.Equal(
            (file.FileName, $"{export}.csv", $"?{March}{more}", "csv/1", "definitions/1"),
            (manifest.Text("file"), manifest.Text("export"), manifest.Text("query"), manifest.Text("format"),
                manifest.Text("definitions")));
        Assert.Equal(
            (1, await ledger.ScalarAsync("select max(seq_id) from ledger.mt_events")),
            (Of(manifest, "from"), Of(manifest, "asOf")));
    }

    [Fact]
    public async Task Totals_are_the_sums_of_the_columns_in_the_file()
    {
        var clerk = await ClerkAsync();

        Assert.Equal(
            ["talk_seconds 114 -", "ring_seconds 6 -", "billable_seconds 114 -", "legs 2 -", "recordings 0 -"],
            await TotalsAsync(clerk, "calls"));
        Assert.Equal(["talk_seconds 114 -"], await TotalsAsync(clerk, "calls", "&columns=party,talk_seconds"));
        Assert.Equal(
            ["parts 4 -", "billable_parts 4 -", "billable_media 0 -", "carrier_cost 0.0102 USD"],
            await TotalsAsync(clerk, "messages"));
        Assert.Equal(
            ["Cost 0.0102 USD", "Duration (seconds) 114 -"],
            (await TotalsAsync(clerk, "usage")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Columns_come_as_asked_for_also_those_that_the_file_has_not_by_itself()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var clerk = await traffic.AsAsync(Role.Billing);

        var calls = await clerk.GetAsync($"exports/calls.csv?{March}&columns=wait_seconds,origin,call_id");
        var usage = await clerk.GetAsync($"exports/usage.csv?{March}&columns=Status,Duration%20(seconds)");

        Assert.Equal($"wait_seconds,origin,call_id\r\n3,US-CA-415,s-{leg}\r\n", calls.Is(200).Content);
        Assert.Equal("Status,Duration (seconds)\r\nanswered,57\r\n", usage.Is(200).Content);
    }

    [Theory]
    [InlineData("calls.csv?columns=call_id,colour", "colour", "call_id, usage_at")]
    [InlineData("messages.csv?columns=text", "text", "message_id, usage_at")]
    [InlineData("usage.csv?columns=date", "date", "Date, Type")]
    [InlineData("calls.manifest.json?columns=party,party", "party", "twice")]
    public async Task A_column_that_is_not_there_is_422_and_those_that_are_are_named(
        string path, string unknown, string known)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var answer = (await clerk.GetAsync($"exports/{path}")).IsProblem(422, "invalid");

        var reason = answer.Body.GetProperty("errors").GetProperty("columns")[0].GetString()!;
        Assert.Contains($"'{unknown}'", reason, StringComparison.Ordinal);
        Assert.Contains(known, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_a_manifest_needs_the_right_to_the_file_and_is_on_record_with_the_hash()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var path = $"exports/calls.manifest.json?{March}";

        (await (await traffic.AsAsync(Role.Member)).GetAsync(path)).IsProblem(403, "forbidden");
        var manifest = (await (await traffic.AsAsync(Role.Auditor)).GetAsync(path)).Is(200);

        Assert.Equal(
            [$"export.described calls.csv: 0 rows, sha256 {manifest.Text("sha256")}"],
            await ledger.RowsAsync(
                """
                select action || ' ' || subject from platform.access_log
                where tenant_id = $1 and action like 'export%'
                """, traffic.Company));
    }

    /// <summary>Of a company with two calls and two messages.</summary>
    private async Task<Caller> ClerkAsync()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.AnsweredCallAsync(Telnyx.Noon, from: "sip:=1+1@\\\"x\\\",y");
        await traffic.MessageAsync(Telnyx.Noon, "x", "+14155550101");
        await traffic.MessageAsync(Telnyx.Noon, "x", "+14155550102");
        var clerk = await traffic.AsAsync(Role.Billing);
        await traffic.Telnyx.SettleAsync();
        return clerk;
    }

    private static async Task<IEnumerable<string>> TotalsAsync(Caller clerk, string export, string more = "") =>
        (await clerk.GetAsync($"exports/{export}.manifest.json?{March}{more}")).Is(200).Body.GetProperty("totals")
            .EnumerateArray().Select(total =>
                $"{total.GetProperty("column").GetString()} {total.GetProperty("amount").GetDecimal()} "
                + (total.TryGetProperty("currency", out var currency) ? currency.GetString() : "-"));

    private static long Of(Answer manifest, string figure) => manifest.Body.GetProperty(figure).GetInt64();
}
