using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Schedules.SchedulePlans;

namespace Thorbis.Ledger.Server.Tests.Audit;

[Collection<LedgerTests>]
public sealed class ExportTrailTests(LedgerHost ledger)
{
    [Fact]
    public async Task The_file_has_a_row_for_each_field_and_defuses_formulas()
    {
        var (company, manager, path) = await ledger.OfficeAsync();
        (await manager.ChangeAsync(
            HttpMethod.Put, path, "\"1\"",
            Body(Office with { Name = "=cmd", Zone = "UTC" }, ("reason", "@now")))).Is(200);
        var auditor = await ledger.MemberAsync(company, Role.Auditor);

        var file = (await auditor.GetAsync(
            "exports/trail.csv?kind=schedules&columns=fact,version,field,before,after,words,reason")).Is(200);

        var lines = file.Content.Split("\r\n");
        Assert.Equal("fact,version,field,before,after,words,reason", lines[0]);
        Assert.Equal("schedule_revised,2,name,office,'=cmd,renamed to '=cmd','@now", lines[1]);
        Assert.Equal(
            "schedule_revised,2,zone,America/New_York,UTC,time zone America/New_York → UTC,'@now", lines[2]);
        Assert.StartsWith("schedule_defined,1,,,", lines[3], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        Assert.Equal("text/csv", file.ContentType);
        Assert.Matches("^telnyx-trail-[0-9-]{10}.csv$", file.FileName);
    }

    [Fact]
    public async Task Its_manifest_and_the_access_log_have_the_hash_of_its_bytes()
    {
        var (company, _, _) = await ledger.OfficeAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);

        var file = (await auditor.GetAsync("trail.csv?kind=schedules&zone=UTC")).Is(200);
        var manifest = (await auditor.GetAsync("exports/trail.manifest.json?kind=schedules&zone=UTC")).Is(200);

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file.Bytes));
        Assert.Equal((hash, 1), (manifest.Text("sha256"), manifest.Body.GetProperty("rows").GetInt32()));
        var taken = (await auditor.GetAsync("access-log?action=export.taken")).Is(200).Items[0];
        Assert.Equal((hash, 1), (taken.GetProperty("sha256").GetString(), taken.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task A_file_that_an_admin_had_written_is_not_given_to_who_may_not_read_the_trail()
    {
        var (company, _, _) = await ledger.OfficeAsync();
        var admin = await ledger.MemberAsync(company, Role.Admin);
        var billing = await ledger.MemberAsync(company, Role.Billing);

        var job = (await admin.PostAsync("exports/trail/jobs?kind=schedules")).Is(202).Text("jobId");
        await LedgerHost.UntilAsync(async () =>
            (await admin.GetAsync($"export-jobs/{job}")).Is(200).Text("state") == "done");

        (await billing.GetAsync($"export-jobs/{job}/file")).IsProblem(403, "forbidden");
        Assert.Contains("schedule_defined", (await admin.GetAsync($"export-jobs/{job}/file")).Is(200).Content,
            StringComparison.Ordinal);
        (await billing.PostAsync("exports/trail/jobs")).Is(403);
    }

    [Fact]
    public async Task More_than_a_batch_is_streamed_without_gap_or_repetition()
    {
        var company = await ledger.CompanyAsync();
        await using (var change = await ledger.Transactions.BeginAsync(TestContext.Current.CancellationToken))
        {
            for (var i = 0; i < 450; i++)
            {
                await change.AppendAsync(
                    company, $"customer/C-{i}",
                    [new CustomerNamed($"C-{i}", ledger.Clock.GetCurrentInstant(), "N", "clock", null)],
                    TestContext.Current.CancellationToken);
            }
            await change.CommitAsync(TestContext.Current.CancellationToken);
        }
        var auditor = await ledger.MemberAsync(company, Role.Auditor);

        var file = (await auditor.GetAsync("trail.csv?kind=customers&columns=stream")).Is(200);

        Assert.Equal(
            Enumerable.Range(0, 450).Reverse().Select(i => $"customer/C-{i}"),
            file.Content.Split("\r\n")[1..^1]);
    }
}
