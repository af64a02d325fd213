using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Mailboxes.MailboxPlans;

namespace Thorbis.Ledger.Server.Tests.Mailboxes;

[Collection<LedgerTests>]
public sealed class ChangeMailboxTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_box_is_listed_and_read_with_its_version_as_ETag()
    {
        var (company, manager) = await ledger.FrontDeskAsync();

        var listed = Assert.Single((await manager.GetAsync("mailboxes")).Is(200).Items);
        var read = (await manager.GetAsync(Front)).Is(200);

        Assert.Equal(("front", "Front desk", 1, "inForce"), (
            listed.GetProperty("mailboxId").GetString(), listed.GetProperty("name").GetString(),
            listed.GetProperty("version").GetInt32(), listed.GetProperty("status").GetString()));
        Assert.Equal("\"1\"", read.Headers.ETag?.Tag);
        var settings = read.Body.GetProperty("settings");
        Assert.Equal(("speech", 120, 50, 90), (
            settings.GetProperty("greeting").GetProperty("kind").GetString(),
            settings.GetProperty("messageSecondsMax").GetInt32(), settings.GetProperty("messagesMax").GetInt32(),
            settings.GetProperty("retentionDays").GetInt32()));
        Assert.Equal(["mailbox_defined"], await ledger.BoxFactsAsync(company, "front"));
    }

    [Fact]
    public async Task What_is_left_out_is_the_carriers_greeting_nobody_told_and_messages_that_stay()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);

        var made = (await manager.PostAsync("mailboxes", new { name = " Night " })).Is(201);
        var settings = (await manager.GetAsync("mailboxes/" + made.Text("mailboxId"))).Is(200).Body
            .GetProperty("settings");

        Assert.Equal(
            ["id", "name", "transcribe", "messageSecondsMax", "messagesMax"],
            settings.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("Night", false, 180, 100), (
            settings.GetProperty("name").GetString(), settings.GetProperty("transcribe").GetBoolean(),
            settings.GetProperty("messageSecondsMax").GetInt32(), settings.GetProperty("messagesMax").GetInt32()));
        Assert.True(Guid.TryParse(made.Text("mailboxId"), out _));
    }

    [Fact]
    public async Task A_change_names_the_version_it_edits_and_a_stale_one_is_refused_with_both()
    {
        var (company, manager) = await ledger.FrontDeskAsync();

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Put, Front), (HttpMethod.Delete, Front), (HttpMethod.Put, Front + "/pin"),
            (HttpMethod.Delete, Front + "/pin"), (HttpMethod.Post, Front + "/restore"),
        })
        {
            var body = method == HttpMethod.Delete ? null : Body("Reception", ("pin", "2580"), ("version", 1));
            (await manager.ChangeAsync(method, path, null, body)).IsProblem(428, "precondition-required");
            (await manager.ChangeAsync(method, path, "1", body)).IsProblem(422, "invalid");
        }
        var revised = (await manager.ReviseBoxAsync(Front, 1, Body("Reception"))).Is(200);
        var stale = (await manager.ReviseBoxAsync(Front, 1, Body("Lobby"))).IsProblem(409, "stale-edit");
        (await manager.RetireAsync(Front, 1)).IsProblem(409, "stale-edit");
        (await manager.SetPinAsync(Front, 1, "2580")).IsProblem(409, "stale-edit");

        Assert.Equal((2, "\"2\""), (revised.Body.GetProperty("version").GetInt32(), revised.Headers.ETag?.Tag));
        Assert.Equal((1, 2), (
            stale.Body.GetProperty("edited").GetInt32(), stale.Body.GetProperty("version").GetInt32()));
        Assert.Equal(["mailbox_defined", "mailbox_revised"], await ledger.BoxFactsAsync(company, "front"));
    }

    [Fact]
    public async Task The_same_command_again_records_nothing()
    {
        var (company, manager) = await ledger.FrontDeskAsync();

        (await manager.ReviseBoxAsync(Front, 1, Body("Reception"))).Is(200);
        (await manager.ReviseBoxAsync(Front, 1, Body("Reception"))).Is(200);
        (await manager.PostAsync("mailboxes?mailboxId=front", Body("Front desk"))).Is(200);
        (await manager.PostAsync("mailboxes?mailboxId=front", Body("Lobby"))).IsProblem(409, "mailbox-exists");
        (await manager.RetireAsync(Front, 2)).Is(204);
        (await manager.RetireAsync(Front, 2)).Is(204);
        (await manager.PostAsync("mailboxes?mailboxId=front", Body("Front desk"))).IsProblem(409, "mailbox-retired");
        (await manager.RestoreBoxAsync(Front, 3, new { version = 1 })).Is(200);
        (await manager.RestoreBoxAsync(Front, 3, new { version = 1 })).Is(200);

        Assert.Equal(
            ["mailbox_defined", "mailbox_revised", "mailbox_retired", "mailbox_restored"],
            await ledger.BoxFactsAsync(company, "front"));
        Assert.Equal("Front desk", (await manager.GetAsync(Front)).BoxName());
    }

    [Fact]
    public async Task Two_edits_of_one_version_at_once_record_one()
    {
        var (company, manager) = await ledger.FrontDeskAsync();
        var admin = await ledger.MemberAsync(company, Role.Admin);

        var answers = await Task.WhenAll(
            manager.ReviseBoxAsync(Front, 1, Body("Reception")), admin.ReviseBoxAsync(Front, 1, Body("Lobby")));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal(["mailbox_defined", "mailbox_revised"], await ledger.BoxFactsAsync(company, "front"));
    }

    [Fact]
    public async Task A_box_that_a_schedule_names_is_not_retired_until_it_does_not()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        var hours = SchedulePlans.Office with { AfterHours = new Domain.Routing.ToMailbox("front") };
        var made = (await manager.PostAsync("schedules", SchedulePlans.Body(hours))).Is(201);
        var schedule = "schedules/" + made.Text("scheduleId");

        var used = (await manager.RetireAsync(Front, 1)).IsProblem(409, "in-use");
        (await manager.ReviseAsync(schedule, 1, SchedulePlans.Office)).Is(200);
        (await manager.RetireAsync(Front, 1)).Is(204);

        Assert.Contains("schedule 'office'", used.Text("detail"), StringComparison.Ordinal);
        Assert.Empty((await manager.GetAsync("mailboxes")).Items);
        Assert.Equal("retired", (await manager.GetAsync(Front)).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_box_that_the_rule_book_names_is_there_and_is_not_retired()
    {
        var (_, manager) = await ledger.FrontDeskAsync();

        (await Default("nowhere")).IsProblem(422, "invalid");
        (await Default("front")).Is(200);

        (await manager.RetireAsync(Front, 1)).IsProblem(409, "in-use");

        Task<Answer> Default(string mailbox) => manager.ChangeAsync(
            HttpMethod.Put, "rulebook/default", "\"0\"", new { to = new { kind = "voicemail", mailbox } });
    }

    [Fact]
    public async Task Boxes_are_changed_by_owner_admin_and_manager_and_an_auditor_reads_all()
    {
        var (company, _) = await ledger.FrontDeskAsync();
        foreach (var (role, versions, changes) in new[]
        {
            (Role.Owner, 200, 200), (Role.Admin, 200, 200), (Role.Manager, 200, 200), (Role.Auditor, 200, 403),
            (Role.Billing, 403, 403), (Role.Member, 403, 403),
        })
        {
            var member = await ledger.MemberAsync(company, role);
            (await member.GetAsync("mailboxes")).Is(200);
            (await member.GetAsync(Front)).Is(200);
            (await member.GetAsync($"{Front}/versions")).Is(versions);
            (await member.GetAsync($"{Front}/versions/1")).Is(versions);
            (await member.ReviseBoxAsync(Front, 1, Body("Front desk"))).Is(changes); // As it is: nothing is recorded.
            (await member.RestoreBoxAsync(Front, 1, new { version = 1 })).Is(changes);
            (await member.PostAsync("mailboxes", Body($"{role}"))).Is(changes == 200 ? 201 : 403);
            (await member.RetireAsync(Front, 9)).Is(changes == 200 ? 409 : 403);
            (await member.SetPinAsync(Front, 9, "2580")).Is(changes == 200 ? 409 : 403);
            (await member.ChangeAsync(HttpMethod.Delete, Front + "/pin", "\"9\"")).Is(changes == 200 ? 204 : 403);
        }
    }

    [Fact]
    public async Task Another_companys_box_is_not_there_and_its_id_is_free()
    {
        var (company, _) = await ledger.FrontDeskAsync();
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        foreach (var asked in new[] { "", "/versions", "/versions/1" })
        {
            (await stranger.GetAsync(Front + asked)).IsProblem(404, "not-found");
        }
        (await stranger.ReviseBoxAsync(Front, 1, Body("Mine"))).IsProblem(404, "not-found");
        (await stranger.RestoreBoxAsync(Front, 1, new { version = 1 })).IsProblem(404, "not-found");
        (await stranger.SetPinAsync(Front, 1, "2580")).IsProblem(404, "not-found");
        (await stranger.ChangeAsync(HttpMethod.Delete, Front + "/pin", "\"1\"")).IsProblem(404, "not-found");
        (await stranger.RetireAsync(Front, 1)).IsProblem(404, "not-found");
        Assert.Empty((await stranger.GetAsync("mailboxes")).Items);
        (await stranger.PostAsync("mailboxes?mailboxId=front", Body("Front desk"))).Is(201);

        Assert.Equal(["mailbox_defined"], await ledger.BoxFactsAsync(company, "front"));
    }
}
