using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Audit;

[Collection<LedgerTests>]
public sealed class AccessLogTests(LedgerHost ledger)
{
    private AccessLog Log => ledger.Host.Services.GetRequiredService<AccessLog>();

    [Fact]
    public async Task Reading_the_trail_is_on_record_with_who_what_from_where_and_how_many_rows()
    {
        var company = await ledger.CompanyAsync();
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "Checks", role = Role.Auditor })).Is(201);

        var answered = await ledger.Host.Server.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:192.0.2.7");
            context.Request.Method = "GET";
            context.Request.Path = "/api/v1/trail";
            context.Request.QueryString = new("?kind=keys&limit=5");
            context.Request.Headers.Authorization = "Bearer " + key.Text("secret");
        }, TestContext.Current.CancellationToken);

        Assert.Equal(200, answered.Response.StatusCode);
        var entry = Assert.Single((await owner.GetAsync("access-log?action=trail.read")).Is(200).Items);
        Assert.Equal(
            ("Checks", "/api/v1/trail?kind=keys&limit=5", "192.0.2.7", 200, 1),
            (entry.GetProperty("by").GetProperty("name").GetString(), entry.GetProperty("subject").GetString(),
            entry.GetProperty("address").GetString(), entry.GetProperty("status").GetInt32(),
            entry.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task A_refused_question_is_on_record_and_so_is_reading_the_log_itself()
    {
        var company = await ledger.CompanyAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        (await auditor.GetAsync("trail?kind=nonsense")).Is(422);
        (await auditor.GetAsync("access-log?from=2026-01-01T00:00:00Z")).Is(200);

        var entries = (await auditor.GetAsync("access-log")).Is(200).Items;

        Assert.Equal(
            ["access-log.read 200", "trail.read 422", "sign-in.accepted ", "company.created "],
            entries.Select(entry => $"{entry.GetProperty("action").GetString()} "
                + (entry.TryGetProperty("status", out var status) ? $"{status.GetInt32()}" : "")));
    }

    [Fact]
    public async Task Reading_the_versions_of_anything_is_on_record()
    {
        var auditor = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Auditor);
        var id = Guid.CreateVersion7();
        string[] read =
        [
            "rulebook/versions", "rulebook/versions/1", $"schedules/{id}/versions", $"schedules/{id}/versions/1",
            "menus/main/versions", "menus/main/versions/1", "mailboxes/box/versions", "mailboxes/box/versions/1",
            "team/ann/versions", "team/ann/versions/1", $"change-sets/{id}/versions",
        ];

        foreach (var path in read)
        {
            (await auditor.GetAsync(path)).Is(path == "rulebook/versions" ? 200 : 404);
        }

        Assert.Equal(
            read.Select(path => $"/api/v1/{path}").Order(),
            (await auditor.GetAsync("access-log?action=versions.read")).Is(200).Items
                .Select(entry => entry.GetProperty("subject").GetString()).Order());
    }

    [Fact]
    public async Task It_is_filtered_and_paged_and_nobody_sees_another_companys()
    {
        var company = await ledger.CompanyAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var other = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Auditor);
        for (var i = 0; i < 5; i++)
        {
            (await auditor.GetAsync($"trail?limit={i + 1}")).Is(200);
        }
        (await other.GetAsync("trail")).Is(200);

        var first = (await auditor.GetAsync("access-log?action=trail&limit=3")).Is(200);
        var second = (await auditor.GetAsync($"access-log?action=trail&limit=3&cursor={first.Text("next")}")).Is(200);

        Assert.Equal(
            ["limit=5", "limit=4", "limit=3", "limit=2", "limit=1"],
            first.Items.Concat(second.Items).Select(Subject));
        var who = first.Items[0].GetProperty("by").GetProperty("id").GetString();
        Assert.Equal(5, (await auditor.GetAsync($"access-log?by={who}&action=trail.read")).Is(200).Items.Length);
        Assert.Empty((await auditor.GetAsync("access-log?by=user:nobody")).Is(200).Items);
        Assert.Empty((await auditor.GetAsync("access-log?action=trai")).Is(200).Items);
        Assert.Empty((await auditor.GetAsync("access-log?action=trail&to=2026-01-01T00:00:00Z")).Is(200).Items);
        (await auditor.GetAsync("access-log?from=yesterday")).IsProblem(422, "invalid");
        (await auditor.GetAsync("access-log?cursor=x")).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task It_is_read_by_owner_admin_and_auditor()
    {
        var company = await ledger.CompanyAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            var allowed = role is Role.Owner or Role.Admin or Role.Auditor;
            (await (await ledger.MemberAsync(company, role)).GetAsync("access-log")).Is(allowed ? 200 : 403);
        }
    }

    [Fact]
    public async Task A_log_that_is_slow_delays_the_answer_a_moment_and_loses_nothing()
    {
        var company = await ledger.CompanyAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        await using (await LockedAsync())
        {
            (await auditor.GetAsync("trail?limit=7")).Is(200);
        }

        await LedgerHost.UntilAsync(async () => await ledger.ScalarAsync(
            "select count(*) from platform.access_log where tenant_id = $1 and action = 'trail.read'", company) == 1);
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_is_not_read()
    {
        var company = await ledger.CompanyAsync();
        using var record = new ReadingRecord(
            Log, Options.Create(new AccessLogOptions { QueueLength = 2, Patience = TimeSpan.FromMilliseconds(20) }),
            ledger.Clock, NullLogger<ReadingRecord>.Instance);
        var recorded = new List<bool>();
        await using (await LockedAsync())
        {
            for (var i = 0; i < 3; i++)
            {
                recorded.Add(await record.RecordAsync(Log.Entry(company, "user:a", "trail.read", $"{i}")));
            }
        }

        await record.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([true, true, false], recorded);
        Assert.Equal(["0", "1"], await ledger.RowsAsync(
            """
            select subject from platform.access_log where tenant_id = $1 and action = 'trail.read' order by subject
            """, company));
    }

    [Fact]
    public async Task An_entry_that_is_written_twice_is_there_once_and_old_ones_are_deleted()
    {
        var company = await ledger.CompanyAsync();
        var entry = Log.Entry(company, "user:a", "trail.read", null);
        var old = entry with { AccessId = Guid.CreateVersion7(), At = Instant.FromUtc(2001, 1, 1, 0, 0) };
        foreach (var written in new[] { entry, entry, old })
        {
            await Log.RecordAsync(written, TestContext.Current.CancellationToken);
        }

        await Log.ForgetAsync(Instant.FromUtc(2001, 1, 2, 0, 0), TestContext.Current.CancellationToken);

        Assert.Equal([$"{entry.AccessId}"], await ledger.RowsAsync(
            "select access_id from platform.access_log where tenant_id = $1 and action = 'trail.read'", company));
    }

    private static string Subject(JsonElement entry) => entry.GetProperty("subject").GetString()!.Split('?')[1];

    /// <summary>Nobody can write the log until this is disposed of.</summary>
    private async Task<NpgsqlConnection> LockedAsync()
    {
        var connection = await ledger.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // Rolled back when the connection is given back.
        await using var command = new NpgsqlCommand(
            "begin; lock table platform.access_log in exclusive mode", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
