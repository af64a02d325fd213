using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

/// <summary>Who writes a job's file, and what becomes of it when something is wrong.</summary>
[Collection<ExportJobTests>]
public sealed class RunExportJobTests(ExportJobHost ledger)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_whose_node_is_dead_is_done_by_another_one_from_the_start()
    {
        var (company, clerk) = await ClerkAsync(calls: 3);
        var job = await ExportJobHost.AskAsync(clerk, "calls");
        var dead = await TakeAsync(company);
        Assert.Equal("running", await StateAsync(clerk, job));
        Assert.Null(await ledger.Jobs.TakeAsync(ledger.Clock.GetCurrentInstant(), Stop));

        await EndLeaseAsync(company);
        await ledger.WriteAsync();

        var done = (await clerk.GetAsync(job)).Is(200);
        Assert.Equal(("done", 3), (done.Text("state"), done.Body.GetProperty("rows").GetInt32()));
        // Who comes back to life has lost it: nothing of his is kept.
        await ledger.Run.RunAsync(dead, Stop);
        Assert.Equal(1, await PiecesAsync(company));
        Assert.Equal(done.Content, (await clerk.GetAsync(job)).Content);
    }

    [Fact]
    public async Task A_job_that_breaks_off_three_times_is_given_up()
    {
        var (company, clerk) = await ClerkAsync(calls: 1);
        var job = await ExportJobHost.AskAsync(clerk, "calls");
        for (var tries = 1; tries <= 3; tries++)
        {
            await TakeAsync(company);
            await EndLeaseAsync(company);
        }

        await ledger.WriteAsync();

        var failed = (await clerk.GetAsync(job)).Is(200);
        Assert.Equal(("failed", "Writing it broke off 3 times."), (failed.Text("state"), failed.Text("reason")));
        (await clerk.GetAsync($"{job}/file")).IsProblem(409, "export-not-done");
    }

    [Fact]
    public async Task The_job_of_a_revoked_key_fails_and_says_so()
    {
        var (company, owner) = await ClerkAsync(calls: 1, Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "nightly", role = Role.Billing })).Is(201);
        var job = await ExportJobHost.AskAsync(ledger.Anonymous().WithKey(key.Text("secret")), "calls");
        (await owner.DeleteAsync($"api-keys/{key.Text("keyId")}")).Is(204);

        await ledger.WriteAsync();

        var failed = (await owner.GetAsync(job)).Is(200);
        Assert.Equal(
            ("failed", "Who asked for it may not take files any more.", $"key:{key.Text("keyId")}"),
            (failed.Text("state"), failed.Text("reason"), failed.Text("askedBy")));
        Assert.Equal(0, await PiecesAsync(company));
    }

    [Fact]
    public async Task A_member_who_has_become_less_than_billing_gets_no_file()
    {
        var (company, owner) = await ClerkAsync(calls: 1, Role.Owner);
        var (userId, email) = await ledger.AddMemberAsync(company, Role.Billing);
        var member = ledger.Anonymous();
        await member.SignInAsync(email, LedgerHost.Password);
        var job = await ExportJobHost.AskAsync(member, "calls");
        (await owner.PutAsync($"members/{userId}", new { role = Role.Member })).Is(204);

        await ledger.WriteAsync();

        Assert.Equal("failed", await StateAsync(owner, job));
    }

    [Fact]
    public async Task A_file_over_the_limit_fails_with_the_limit_and_leaves_nothing()
    {
        var (company, clerk) = await ClerkAsync(calls: 40_000);
        var job = await ExportJobHost.AskAsync(clerk, "calls");

        await ledger.WriteAsync();

        var failed = (await clerk.GetAsync(job)).Is(200);
        Assert.Equal("failed", failed.Text("state"));
        Assert.Contains("4000000 bytes", failed.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(0, await PiecesAsync(company));
    }

    [Fact]
    public async Task A_file_is_gone_once_its_time_is_over()
    {
        var (company, clerk) = await ClerkAsync(calls: 1);
        var job = await ExportJobHost.AskAsync(clerk, "calls");
        await ledger.WriteAsync();
        await ledger.RowsAsync(
            "update ledger.export_job set expires_at = now() - interval '1 s' where tenant_id = $1", company);

        (await clerk.GetAsync($"{job}/file")).IsProblem(410, "export-expired");
        await ledger.WriteAsync();

        Assert.Equal(("expired", 0L), (await StateAsync(clerk, job), await PiecesAsync(company)));
        (await clerk.GetAsync($"{job}/file")).IsProblem(410, "export-expired");
    }

    [Fact]
    public async Task A_job_that_is_removed_while_it_is_written_is_written_no_further()
    {
        var (company, clerk) = await ClerkAsync(calls: 1);
        var job = await ExportJobHost.AskAsync(clerk, "calls");
        var running = await TakeAsync(company);

        (await clerk.DeleteAsync(job)).Is(204);
        await ledger.Run.RunAsync(running, Stop);

        (await clerk.GetAsync(job)).IsProblem(404, "not-found");
        Assert.Equal(0, await PiecesAsync(company));
    }

    private async Task<(string Company, Caller Clerk)> ClerkAsync(int calls, Role role = Role.Billing)
    {
        var company = await ledger.CompanyAsync();
        await ledger.FillAsync(company, calls);
        return (company, await ledger.MemberAsync(company, role));
    }

    /// <summary>As a node does that then dies.</summary>
    private async Task<Server.Exports.ExportJob> TakeAsync(string company)
    {
        var taken = await ledger.Jobs.TakeAsync(ledger.Clock.GetCurrentInstant(), Stop);
        Assert.Equal(company, taken?.Company);
        return taken!;
    }

    private Task<List<string>> EndLeaseAsync(string company) => ledger.RowsAsync(
        "update ledger.export_job set lease_until = $2 where tenant_id = $1", company,
        ledger.Clock.GetCurrentInstant() - Duration.FromSeconds(1));

    private static async Task<string> StateAsync(Caller caller, string job) =>
        (await caller.GetAsync(job)).Is(200).Text("state");

    private Task<long> PiecesAsync(string company) =>
        ledger.ScalarAsync("select count(*) from ledger.export_piece where tenant_id = $1", company);
}
