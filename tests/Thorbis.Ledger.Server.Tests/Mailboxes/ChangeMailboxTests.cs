using System.Text.Json;
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
        (await manager.RestoreBoxAsync(Front, 3, new { version = 1 })).Is(200);
        (await manager.RestoreBoxAsync(Front, 3, new { version = 1 })).Is(200);

        Assert.Equal(
            ["mailbox_defined", "mailbox_revised", "mailbox_retired", "mailbox_restored"],
            await ledger.BoxFactsAsync(company, "front"));
        Assert.Equal("Front desk", Name(await manager.GetAsync(Front)));
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
    public async Task A_change_to_come_is_in_force_from_its_instant_on()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        const string New = "2030-01-01T00:00:00Z";

        (await manager.ReviseBoxAsync(Front, 1, Body("Reception", ("effectiveAt", New)))).Is(200);
        (await manager.RetireAsync(Front, 2, "?effectiveAt=2031-01-01T00:00:00Z&reason=moved")).Is(204);

        Assert.Equal("Front desk", Name(await manager.GetAsync(Front)));
        Assert.Equal("Front desk", Name(await manager.GetAsync(Front + "?at=2029-12-31T23:59:59Z")));
        var begun = (await manager.GetAsync(Front + "?at=" + New)).Is(200);
        Assert.Equal(("Reception", 2, "\"3\""), (
            Name(begun), begun.Body.GetProperty("inForce").GetInt32(), begun.Headers.ETag?.Tag));
        var ended = (await manager.GetAsync(Front + "?at=2031-01-01T00:00:00Z")).Is(200);
        Assert.Equal(("retired", false), (ended.Text("status"), ended.Body.TryGetProperty("settings", out _)));
        Assert.Single((await manager.GetAsync("mailboxes?at=2030-06-01T00:00:00Z")).Items);
        Assert.Empty((await manager.GetAsync("mailboxes?at=2031-06-01T00:00:00Z")).Items);
    }

    [Fact]
    public async Task A_box_to_come_is_pending_and_listed()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        var body = Body("Front desk", ("effectiveAt", "2030-01-01T00:00:00Z"));
        (await manager.PostAsync("mailboxes?mailboxId=front", body)).Is(201);

        var pending = (await manager.GetAsync(Front)).Is(200);
        var listed = Assert.Single((await manager.GetAsync("mailboxes")).Items);

        Assert.Equal(("pending", false), (pending.Text("status"), pending.Body.TryGetProperty("inForce", out _)));
        Assert.Equal(("Front desk", "pending"), (
            listed.GetProperty("name").GetString(), listed.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task What_was_known_once_can_be_asked_again()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        var first = Assert.Single((await manager.GetAsync($"{Front}/versions")).Items);
        (await manager.ReviseBoxAsync(Front, 1, Body("Reception"))).Is(200);
        (await manager.SetPinAsync(Front, 2, "2580")).Is(200);
        var seq = first.GetProperty("sequence").GetInt64();
        var recorded = first.GetProperty("recordedAt").GetString();

        foreach (var (asked, name, pin) in new[]
        {
            ("", "Reception", true), ($"&asKnownSeq={seq}", "Front desk", false),
            ($"&asKnownAt={recorded}", "Front desk", false),
        })
        {
            var read = (await manager.GetAsync($"{Front}?at=2030-01-01T00:00:00Z{asked}")).Is(200);
            var listed = Assert.Single((await manager.GetAsync($"mailboxes?at=2030-01-01T00:00:00Z{asked}")).Items);
            Assert.Equal((name, pin), (Name(read), read.Body.GetProperty("pinSet").GetBoolean()));
            Assert.Equal((name, pin), (
                listed.GetProperty("name").GetString(), listed.GetProperty("pinSet").GetBoolean()));
        }
        (await manager.GetAsync($"{Front}?asKnownSeq={seq - 1}")).IsProblem(404, "not-found");
        Assert.Empty((await manager.GetAsync($"mailboxes?asKnownSeq={seq - 1}")).Is(200).Items);
    }

    [Fact]
    public async Task Versions_tell_who_decided_what_and_why()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        (await manager.ReviseBoxAsync(Front, 1, Body("Reception", ("reason", "renamed")))).Is(200);
        (await manager.SetPinAsync(Front, 2, "2580")).Is(200);

        var versions = (await manager.GetAsync($"{Front}/versions")).Is(200).Items;
        var second = (await manager.GetAsync($"{Front}/versions/2")).Is(200).Body;
        var third = (await manager.GetAsync($"{Front}/versions/3")).Is(200).Body;

        Assert.Equal(
            ["mailbox_pin_set", "mailbox_revised", "mailbox_defined"],
            versions.Select(version => version.GetProperty("kind").GetString()));
        Assert.Equal(("renamed", "Reception"), (
            second.GetProperty("decided").GetProperty("reason").GetString(),
            second.GetProperty("settings").GetProperty("name").GetString()));
        Assert.False(third.TryGetProperty("settings", out _));
        (await manager.GetAsync($"{Front}/versions/4")).IsProblem(404, "not-found");
        (await manager.RestoreBoxAsync(Front, 3, new { version = 3 })).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task Boxes_page_by_id()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        foreach (var id in new[] { "night", "back" })
        {
            (await manager.PostAsync($"mailboxes?mailboxId={id}", Body(id))).Is(201);
        }

        var first = (await manager.GetAsync("mailboxes?limit=2")).Is(200);
        var second = (await manager.GetAsync($"mailboxes?limit=2&cursor={first.Text("next")}")).Is(200);

        Assert.Equal(["back", "front"], first.Items.Select(Id));
        Assert.Equal(["night"], second.Items.Select(Id));

        static string? Id(JsonElement item) => item.GetProperty("mailboxId").GetString();
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

    private static string? Name(Answer read) =>
        read.Is(200).Body.GetProperty("settings").GetProperty("name").GetString();
}
