using System.Net;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Schedules.SchedulePlans;

namespace Thorbis.Ledger.Server.Tests.Schedules;

[Collection<LedgerTests>]
public sealed class ChangeScheduleTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_schedule_is_listed_and_read_with_its_version_as_ETag()
    {
        var (company, manager, path) = await ledger.OfficeAsync();

        var listed = Assert.Single((await manager.GetAsync("schedules")).Is(200).Items);
        var read = (await manager.GetAsync(path)).Is(200);

        Assert.Equal(("office", "America/New_York", 1, "inForce"), (
            listed.GetProperty("name").GetString(), listed.GetProperty("zone").GetString(),
            listed.GetProperty("version").GetInt32(), listed.GetProperty("status").GetString()));
        Assert.Equal("\"1\"", read.Headers.ETag?.Tag);
        Assert.Equal(("inForce", 1, 5, "voicemail"), (
            read.Text("status"), read.Body.GetProperty("inForce").GetInt32(),
            read.Body.GetProperty("terms").GetProperty("week").GetArrayLength(),
            read.Body.GetProperty("terms").GetProperty("afterHours").GetProperty("kind").GetString()));
        Assert.Equal(["schedule_defined"], await ledger.FactsAsync(company, path));
    }

    [Fact]
    public async Task A_change_names_the_version_it_edits_and_a_stale_one_is_refused_with_both()
    {
        var (company, manager, path) = await ledger.OfficeAsync();
        var third = Early with { AfterHours = new ToBusy() };

        (await manager.ChangeAsync(HttpMethod.Put, path, null, Body(Early))).IsProblem(428, "precondition-required");
        (await manager.ChangeAsync(HttpMethod.Delete, path, null)).IsProblem(428, "precondition-required");
        foreach (var tag in new[] { "1", "\"one\"", "*", "W/\"1\"", "\"1\", \"2\"", "\"-1\"" })
        {
            (await manager.ChangeAsync(HttpMethod.Put, path, tag, Body(Early))).IsProblem(422, "invalid");
        }
        var revised = (await manager.ReviseAsync(path, 1, Early)).Is(200);
        var stale = (await manager.ReviseAsync(path, 1, third)).IsProblem(409, "stale-edit");
        (await manager.RetireAsync(path, 1)).IsProblem(409, "stale-edit");

        Assert.Equal((2, "\"2\""), (revised.Body.GetProperty("version").GetInt32(), revised.Headers.ETag?.Tag));
        Assert.Equal((1, 2), (
            stale.Body.GetProperty("edited").GetInt32(), stale.Body.GetProperty("version").GetInt32()));
        Assert.Equal(["schedule_defined", "schedule_revised"], await ledger.FactsAsync(company, path));
    }

    [Fact]
    public async Task The_same_command_again_records_nothing()
    {
        var (company, manager, _) = await ledger.OfficeAsync();
        var id = Guid.CreateVersion7();
        var (path, terms) = ($"schedules/{id}", Office with { Name = "bar" });

        (await manager.PostAsync($"schedules?scheduleId={id}", Body(terms))).Is(201);
        (await manager.PostAsync($"schedules?scheduleId={id}", Body(terms))).Is(200);
        (await manager.PostAsync($"schedules?scheduleId={id}", Body(terms with { Zone = "UTC" })))
            .IsProblem(409, "schedule-exists");
        (await manager.ReviseAsync(path, 1, terms with { Zone = "UTC" })).Is(200);
        (await manager.ReviseAsync(path, 1, terms with { Zone = "UTC" })).Is(200);
        (await manager.RetireAsync(path, 2)).Is(204);
        (await manager.RetireAsync(path, 2)).Is(204);
        (await manager.ReviseAsync(path, 3, terms)).IsProblem(409, "schedule-retired");

        Assert.Equal(
            ["schedule_defined", "schedule_revised", "schedule_retired"], await ledger.FactsAsync(company, path));
    }

    [Fact]
    public async Task Two_edits_of_one_version_at_once_record_one()
    {
        var (company, manager, path) = await ledger.OfficeAsync();
        var admin = await ledger.MemberAsync(company, Role.Admin);

        var answers = await Task.WhenAll(
            manager.ReviseAsync(path, 1, Early), admin.ReviseAsync(path, 1, Office with { Zone = "UTC" }));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal(["schedule_defined", "schedule_revised"], await ledger.FactsAsync(company, path));
    }

    [Fact]
    public async Task A_name_is_taken_once_and_free_again_after_a_retirement()
    {
        var (_, manager, path) = await ledger.OfficeAsync();

        var taken = (await manager.PostAsync("schedules", Body(Early))).IsProblem(422, "invalid");
        (await manager.RetireAsync(path, 1, "?reason=moved")).Is(204);
        (await manager.PostAsync("schedules", Body(Early))).Is(201);

        Assert.True(taken.Body.GetProperty("errors").TryGetProperty("name", out _));
        Assert.Single((await manager.GetAsync("schedules")).Items);
        Assert.Equal("retired", (await manager.GetAsync(path)).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_version_tells_who_decided_when_why_from_when_on_and_from_where()
    {
        var (company, _, path) = await ledger.OfficeAsync();
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "test", role = Role.Manager })).Is(201);

        var answered = await ledger.Host.Server.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:192.0.2.7");
            context.Request.Method = "DELETE";
            context.Request.Path = "/api/v1/" + path;
            context.Request.QueryString = new("?reason=moved&effectiveAt=2030-01-01T00:00:00-05:00");
            context.Request.Headers.Authorization = "Bearer " + key.Text("secret");
            context.Request.Headers.IfMatch = "\"1\"";
        }, TestContext.Current.CancellationToken);

        Assert.Equal(204, answered.Response.StatusCode);
        var version = (await owner.GetAsync($"{path}/versions")).Is(200).Items[0];
        Assert.Equal(
            ("schedule_retired", "192.0.2.7", "moved", "2030-01-01T05:00:00Z", $"key:{key.Text("keyId")}"), (
                version.GetProperty("kind").GetString(), version.GetProperty("address").GetString(),
                version.GetProperty("reason").GetString(), version.GetProperty("effectiveAt").GetString(),
                version.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task Schedules_are_changed_by_owner_admin_and_manager_and_an_auditor_reads_all()
    {
        var (company, _, path) = await ledger.OfficeAsync();
        foreach (var (role, versions, changes) in new[]
        {
            (Role.Owner, 200, 200), (Role.Admin, 200, 200), (Role.Manager, 200, 200), (Role.Auditor, 200, 403),
            (Role.Billing, 403, 403), (Role.Member, 403, 403),
        })
        {
            var member = await ledger.MemberAsync(company, role);
            (await member.GetAsync("schedules")).Is(200);
            (await member.GetAsync("schedule-presets")).Is(200);
            (await member.GetAsync($"{path}/state")).Is(200);
            (await member.GetAsync($"{path}/versions")).Is(versions);
            (await member.GetAsync($"{path}/versions/1")).Is(versions);
            (await member.ReviseAsync(path, 1, Office)).Is(changes); // As it is already: nothing is recorded.
            (await member.PostAsync("schedules", Body(Office with { Name = $"{role}" })))
                .Is(changes == 200 ? 201 : 403);
            (await member.RetireAsync(path, 2)).Is(changes == 200 ? 409 : 403);
        }
    }

    [Fact]
    public async Task Another_companys_schedule_is_not_there()
    {
        var (_, _, path) = await ledger.OfficeAsync();
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        foreach (var asked in new[] { "", "/state", "/days", "/versions", "/versions/1" })
        {
            (await stranger.GetAsync(path + asked)).IsProblem(404, "not-found");
        }
        (await stranger.ReviseAsync(path, 1, Early)).IsProblem(404, "not-found");
        (await stranger.RetireAsync(path, 1)).IsProblem(404, "not-found");
        Assert.Empty((await stranger.GetAsync("schedules")).Items);
    }
}
