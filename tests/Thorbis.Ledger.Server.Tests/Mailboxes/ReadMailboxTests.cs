using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Mailboxes.MailboxPlans;

namespace Thorbis.Ledger.Server.Tests.Mailboxes;

[Collection<LedgerTests>]
public sealed class ReadMailboxTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_change_to_come_is_in_force_from_its_instant_on()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        const string New = "2030-01-01T00:00:00Z";

        (await manager.ReviseBoxAsync(Front, 1, Body("Reception", ("effectiveAt", New)))).Is(200);
        (await manager.RetireAsync(Front, 2, "?effectiveAt=2031-01-01T00:00:00Z&reason=moved")).Is(204);

        Assert.Equal("Front desk", (await manager.GetAsync(Front)).BoxName());
        Assert.Equal("Front desk", (await manager.GetAsync(Front + "?at=2029-12-31T23:59:59Z")).BoxName());
        var begun = (await manager.GetAsync(Front + "?at=" + New)).Is(200);
        Assert.Equal(("Reception", 2, "\"3\""), (
            begun.BoxName(), begun.Body.GetProperty("inForce").GetInt32(), begun.Headers.ETag?.Tag));
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
            Assert.Equal((name, pin), (read.BoxName(), read.Body.GetProperty("pinSet").GetBoolean()));
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
}
