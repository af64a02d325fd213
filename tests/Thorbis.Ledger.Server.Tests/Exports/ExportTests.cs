using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

[Collection<LedgerTests>]
public sealed class ExportTests(LedgerHost ledger)
{
    private const string March = "from=2026-03-01&to=2026-04-01";

    [Fact]
    public async Task The_usage_file_has_the_compatible_columns_and_one_row_per_call_and_message_newest_first()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.MessageAsync(Telnyx.Noon + Duration.FromSeconds(1), "x", "+14155550101", "+14155550102");
        await traffic.AnsweredCallAsync(Telnyx.Noon - Duration.FromHours(1), from: "sip:=1+1@\\\"x\\\",y");
        await traffic.Telnyx.SettleAsync();
        var clerk = await traffic.AsAsync(Role.Billing);

        var file = (await clerk.GetAsync($"exports/usage.csv?{March}")).Is(200);

        Assert.Equal(("text/csv", "telnyx-usage-2026-03-31.csv"), (file.ContentType, file.FileName));
        var (own, stranger) = (traffic.Number, PhoneTraffic.Stranger);
        Assert.Equal($"""
            Date,Type,Direction,From,To,Duration (seconds),Cost,Status,Details
            2026-03-10T08:00:01-04:00,sms,outgoing,{own},'+14155550101;+14155550102,,0.0051,delivered,4 parts; USD
            2026-03-10T08:00:00-04:00,call,incoming,{stranger},{own},57,,answered,normal_clearing
            2026-03-10T07:00:00-04:00,call,incoming,"sip:=1+1@""x"",y",{own},57,,answered,normal_clearing

            """.ReplaceLineEndings("\r\n"), file.Content);
        Assert.Equal(file.Content, (await clerk.GetAsync($"exports/usage.csv?{March}")).Content);
        var raw = (await clerk.GetAsync($"exports/usage.csv?{March}&raw=1")).Is(200);
        Assert.Contains(",+14155550101;", raw.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_and_messages_have_files_with_every_column_in_the_asked_zone()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        var id = await traffic.MessageAsync(Telnyx.Noon, "x", "+14155550101");
        await traffic.Telnyx.SettleAsync();
        var clerk = await traffic.AsAsync(Role.Billing);

        var calls = (await clerk.GetAsync($"exports/calls.csv?{March}&zone=Europe/Berlin")).Is(200);
        var messages = (await clerk.GetAsync($"exports/messages.csv?{March}&zone=UTC")).Is(200);

        Assert.Equal(
            ("telnyx-calls-2026-03-31.csv", "telnyx-messages-2026-03-31.csv"), (calls.FileName, messages.FileName));
        Assert.Equal(
            $"s-{leg},2026-03-10T13:00:00+01:00,answered,incoming,false,{traffic.Number},{PhoneTraffic.Stranger},"
            + "2026-03-10T13:00:03+01:00,2026-03-10T13:01:00+01:00,57,3,57,,,,false,normal_clearing,caller,1,0",
            calls.Content.Split("\r\n")[1]);
        Assert.Equal(
            $"{id},2026-03-10T12:00:00+00:00,delivered,outgoing,SMS,{traffic.Number},+14155550101,+14155550101,"
            + "2026-03-10T12:00:00+00:00,2026-03-10T12:00:00+00:00,2,2,0,0.0051,USD",
            messages.Content.Split("\r\n")[1]);
    }

    [Fact]
    public async Task Only_who_may_take_files_gets_them_and_it_is_on_record()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();

        (await (await traffic.AsAsync(Role.Member)).GetAsync("exports/calls.csv")).IsProblem(403, "forbidden");
        (await (await traffic.AsAsync(Role.Billing)).GetAsync($"exports/calls.csv?{March}")).Is(200);

        Assert.Equal(
            [$"export.begun calls.csv?{March}", "export.taken calls.csv: 1 rows"],
            await ledger.RowsAsync(
                """
                select action || ' ' || subject from platform.access_log
                where tenant_id = $1 and action like 'export%' order by access_id
                """, traffic.Company));
    }

    [Theory]
    [InlineData("usage.csv?source=deck", "source")]
    [InlineData("usage.csv?zone=Nowhere", "zone")]
    [InlineData("calls.csv?from=x", "from")]
    [InlineData("messages.csv?status=lost", "status")]
    public async Task What_cannot_be_written_is_422_and_names_the_field(string path, string field)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var answer = (await clerk.GetAsync($"exports/{path}")).IsProblem(422, "invalid");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
    }

    [Fact]
    public async Task An_export_that_is_asked_for_is_written_in_the_background()
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        var job = $"export-jobs/{(await clerk.PostAsync("exports/usage/jobs")).Is(202).Text("jobId")}";

        await LedgerHost.UntilAsync(async () => (await clerk.GetAsync(job)).Is(200).Text("state") == "done");

        var file = (await clerk.GetAsync($"{job}/file")).Is(200);
        Assert.StartsWith("Date,Type,", file.Content, StringComparison.Ordinal);
    }
}
