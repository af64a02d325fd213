using System.Net.Http.Headers;
using System.Text;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

[Collection<ExportJobTests>]
public sealed class ExportJobFileTests(ExportJobHost ledger)
{
    private const string Query =
        "?from=2026-03-01&to=2026-04-01&zone=Asia/Kathmandu&columns=call_id,usage_at,carrier_cost";

    [Fact]
    public async Task A_job_gives_the_bytes_and_the_manifest_of_the_direct_export_and_is_on_record()
    {
        var (company, clerk) = await ClerkAsync(calls: 25_000);
        var asked = (await clerk.PostAsync($"exports/calls/jobs{Query}")).Is(202);
        var job = $"export-jobs/{asked.Text("jobId")}";
        Assert.Equal($"/api/v1/{job}", asked.Headers.Location?.ToString());
        Assert.Equal(("queued", "calls", "csv", Query), (
            asked.Text("state"), asked.Text("export"), asked.Text("format"), asked.Text("query")));
        (await clerk.GetAsync($"{job}/file")).IsProblem(409, "export-not-done");

        await ledger.WriteAsync();

        var done = (await clerk.GetAsync(job)).Is(200);
        var file = (await clerk.GetAsync($"{job}/file")).Is(200);
        var direct = (await clerk.GetAsync($"exports/calls.csv{Query}")).Is(200);
        Assert.Equal(
            (direct.Content, direct.FileName, direct.ContentType), (file.Content, file.FileName, file.ContentType));
        Assert.Equal(("done", 25_000), (done.Text("state"), done.Body.GetProperty("rows").GetInt32()));
        Assert.True(done.Body.GetProperty("bytes").GetInt64() > 1024 * 1024);
        var manifest = (await clerk.GetAsync($"exports/calls.manifest.json{Query}")).Is(200).Body;
        foreach (var same in new[] { "file", "export", "query", "columns", "rows", "bytes", "sha256", "totals" })
        {
            Assert.Equal(
                manifest.GetProperty(same).GetRawText(),
                done.Body.GetProperty("manifest").GetProperty(same).GetRawText());
        }
        Assert.Equal(
            [
                $"export.asked calls.csv{Query} as job {asked.Text("jobId")}",
                $"export.begun calls.csv{Query} of job {asked.Text("jobId")}",
            ],
            (await ledger.LoggedAsync(company))[..2]);
    }

    [Fact]
    public async Task A_file_that_broke_off_is_gone_on_with_at_any_offset()
    {
        var (_, clerk) = await ClerkAsync(calls: 25_000);
        var job = await ExportJobHost.AskAsync(clerk, "calls", Query);
        await ledger.WriteAsync();
        var whole = Encoding.UTF8.GetBytes((await clerk.GetAsync($"{job}/file")).Is(200).Content);
        var tag = $"\"{(await clerk.GetAsync(job)).Body.GetProperty("manifest").GetProperty("sha256").GetString()}\"";

        // Within a piece, at its last byte, at the first of the next, and the last of all.
        foreach (var from in new[] { 1, 4_711, 1024 * 1024 - 1, 1024 * 1024, whole.Length - 1 })
        {
            var rest = (await RangeAsync(clerk, job, new(from, null), tag)).Is(206);
            Assert.Equal(whole[from..], Encoding.UTF8.GetBytes(rest.Content));
        }
        var middle = (await RangeAsync(clerk, job, new(1024 * 1024 - 10, 1024 * 1024 + 9), tag)).Is(206);
        Assert.Equal(whole[(1024 * 1024 - 10)..(1024 * 1024 + 10)], Encoding.UTF8.GetBytes(middle.Content));
        (await RangeAsync(clerk, job, new(whole.Length, null), tag)).Is(416);
        Assert.Equal(whole.Length, (await RangeAsync(clerk, job, new(10, null), "\"another\"")).Is(200).Content.Length);
        Assert.Equal(tag, middle.Headers.ETag?.Tag);
        Assert.Contains("bytes", middle.Headers.AcceptRanges);
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_page_by_page_and_only_so_many_wait()
    {
        var (_, clerk) = await ClerkAsync(calls: 0);
        var first = await ExportJobHost.AskAsync(clerk, "messages");
        var second = await ExportJobHost.AskAsync(clerk, "cost-lines");
        (await clerk.PostAsync("exports/calls/jobs")).IsProblem(429, "too-many-exports");
        (await clerk.DeleteAsync(first)).Is(204);
        var third = await ExportJobHost.AskAsync(clerk, "budgets");

        var page = (await clerk.GetAsync("export-jobs?limit=1")).Is(200);
        var next = (await clerk.GetAsync($"export-jobs?limit=1&cursor={page.Text("next")}")).Is(200);

        Assert.Equal(
            (third, second),
            ($"export-jobs/{page.Items[0].GetProperty("jobId")}", $"export-jobs/{next.Items[0].GetProperty("jobId")}"));
        Assert.False(next.Body.TryGetProperty("next", out _));
        (await clerk.GetAsync("export-jobs?cursor=x")).IsProblem(422, "invalid");
        await ledger.WriteAsync();
    }

    [Fact]
    public async Task A_job_is_seen_by_those_of_its_company_who_may_take_files_and_by_nobody_else()
    {
        var (company, clerk) = await ClerkAsync(calls: 1);
        var job = await ExportJobHost.AskAsync(clerk, "calls");
        await ledger.WriteAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var manager = await ledger.MemberAsync(company, Role.Manager);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        (await auditor.GetAsync($"{job}/file")).Is(200);
        foreach (var path in new[] { "export-jobs", job, $"{job}/file" })
        {
            (await manager.GetAsync(path)).IsProblem(403, "forbidden");
        }
        (await manager.PostAsync("exports/calls/jobs")).IsProblem(403, "forbidden");
        (await manager.DeleteAsync(job)).IsProblem(403, "forbidden");
        (await stranger.GetAsync(job)).IsProblem(404, "not-found");
        (await stranger.GetAsync($"{job}/file")).IsProblem(404, "not-found");
        (await stranger.DeleteAsync(job)).IsProblem(404, "not-found");
        Assert.Empty((await stranger.GetAsync("export-jobs")).Is(200).Items);
        (await clerk.GetAsync(job)).Is(200);
    }

    [Theory]
    [InlineData("calls", "?columns=colour", "columns")]
    [InlineData("calls", "?format=xlsx", "format")]
    [InlineData("calls", "?zone=Nowhere", "zone")]
    [InlineData("usage-series", "?by=year", "by")]
    [InlineData("cost-lines", "?from=x", "from")]
    public async Task What_the_direct_export_refuses_is_no_job(string export, string query, string field)
    {
        var (_, clerk) = await ClerkAsync(calls: 0);

        var refused = (await clerk.PostAsync($"exports/{export}/jobs{query}")).IsProblem(422, "invalid");

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty(field, out _), refused.Content);
        Assert.Empty((await clerk.GetAsync("export-jobs")).Items);
    }

    private async Task<(string Company, Caller Clerk)> ClerkAsync(int calls)
    {
        var company = await ledger.CompanyAsync();
        await ledger.FillAsync(company, calls);
        return (company, await ledger.MemberAsync(company, Role.Billing));
    }

    private static Task<Answer> RangeAsync(Caller caller, string job, RangeItemHeaderValue range, string tag) =>
        caller.SendAsync(HttpMethod.Get, $"{job}/file", headers: request =>
        {
            request.Headers.Range = new() { Ranges = { range } };
            request.Headers.IfRange = new(new EntityTagHeaderValue(tag));
        });
}
