using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Companies;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Schedules.SchedulePlans;

namespace Thorbis.Ledger.Server.Tests.Schedules;

[Collection<LedgerTests>]
public sealed class ReadScheduleTests(LedgerHost ledger)
{
    [Theory]
    [InlineData("2030-03-04T13:59:59Z", false, "2030-03-04T14:00:00Z", null, "voicemail")] // 08:59:59 on a Monday.
    [InlineData("2030-03-04T09:00:00-05:00", true, "2030-03-04T22:00:00Z", null, null)]
    [InlineData("2030-03-08T22:00:00Z", false, "2030-03-11T13:00:00Z", null, "voicemail")] // Clocks change on Sunday.
    [InlineData("2030-12-25T12:00:00-05:00", false, "2030-12-26T05:00:00Z", "Christmas Day", "hang_up")]
    public async Task An_instant_is_open_or_closed_until_another_for_a_holiday_or_not(
        string at, bool open, string until, string? holiday, string? routing)
    {
        var (_, manager, path) = await ledger.OfficeAsync();

        var state = (await manager.GetAsync($"{path}/state?at={at.Replace("+", "%2B")}")).Is(200).Body;

        Assert.Equal((open, until, holiday, routing, "inForce"), (
            state.GetProperty("open").GetBoolean(), state.GetProperty("until").GetString(), Text(state, "holiday"),
            state.TryGetProperty("routing", out var to) ? to.GetProperty("kind").GetString() : null,
            state.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_revision_to_come_is_in_force_from_its_instant_on_and_ends_the_state_before_it()
    {
        var (_, manager, path) = await ledger.OfficeAsync();
        // A Monday, 15:30.
        (await manager.ReviseAsync(path, 1, Early, ("effectiveAt", "2030-03-04T20:30:00Z"))).Is(200);

        var before = (await manager.GetAsync($"{path}?at=2030-03-04T20:29:59Z")).Is(200);
        var after = (await manager.GetAsync($"{path}?at=2030-03-04T20:30:00Z")).Is(200);
        var state = (await manager.GetAsync($"{path}/state?at=2030-03-04T20:00:00Z")).Is(200);

        Assert.Equal((1, 2), (
            before.Body.GetProperty("inForce").GetInt32(), after.Body.GetProperty("inForce").GetInt32()));
        Assert.Equal("\"2\"", before.Headers.ETag?.Tag);
        Assert.Equal((true, "2030-03-04T20:30:00Z"), (
            state.Body.GetProperty("open").GetBoolean(), state.Text("until")));
    }

    [Fact]
    public async Task What_was_known_once_can_be_asked_again()
    {
        var (_, manager, path) = await ledger.OfficeAsync();
        var first = Assert.Single((await manager.GetAsync($"{path}/versions")).Items);
        (await manager.ReviseAsync(path, 1, Early)).Is(200);
        var (seq, recorded) = (
            first.GetProperty("sequence").GetInt64(),
            InstantPattern.ExtendedIso.Parse(first.GetProperty("recordedAt").GetString()!).Value);
        var just = InstantPattern.ExtendedIso.Format(recorded);

        foreach (var (asked, version) in new[] { ("", 2), ($"&asKnownSeq={seq}", 1), ($"&asKnownAt={just}", 1) })
        {
            var read = (await manager.GetAsync($"{path}?at=2030-01-01T00:00:00Z{asked}")).Is(200);
            Assert.Equal(version, read.Body.GetProperty("inForce").GetInt32());
        }
        var before = InstantPattern.ExtendedIso.Format(recorded - Duration.FromMilliseconds(1));
        (await manager.GetAsync($"{path}?asKnownSeq={seq - 1}")).IsProblem(404, "not-found");
        (await manager.GetAsync($"{path}?asKnownAt={before}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_retirement_to_come_ends_it_at_its_instant()
    {
        var (_, manager, path) = await ledger.OfficeAsync();
        (await manager.RetireAsync(path, 1, "?effectiveAt=2030-03-04T16:00:00Z")).Is(204);

        var before = (await manager.GetAsync($"{path}/state?at=2030-03-04T15:00:00Z")).Is(200);
        var after = (await manager.GetAsync($"{path}/state?at=2030-03-04T16:00:00Z")).Is(200);

        Assert.Equal(("2030-03-04T16:00:00Z", "retired"), (before.Text("until"), after.Text("status")));
        Assert.False(after.Body.TryGetProperty("open", out _));
        Assert.Equal("2030-03-04T16:00:00Z", Assert.Single((await manager.GetAsync("schedules")).Items)
            .GetProperty("endsAt").GetString());
    }

    [Fact]
    public async Task Before_a_schedule_begins_it_says_when()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        var body = Body(Office, ("effectiveAt", "2030-01-01T00:00:00Z"));
        var made = (await manager.PostAsync("schedules", body)).Is(201);
        var path = "schedules/" + made.Text("scheduleId");

        var state = (await manager.GetAsync($"{path}/state")).Is(200);
        var terms = (await manager.GetAsync($"{path}/versions/1")).Is(200);

        Assert.Equal(("pending", "2030-01-01T00:00:00Z"), (state.Text("status"), state.Text("until")));
        Assert.Equal("office", terms.Body.GetProperty("terms").GetProperty("name").GetString());
        Assert.Empty((await manager.GetAsync($"{path}/days?year=2030")).Is(200).Items);
        (await manager.GetAsync($"{path}/versions/2")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_preset_is_taken_as_it_comes_and_gives_a_years_dates()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        var presets = (await manager.GetAsync("schedule-presets")).Is(200).Body;
        var template = presets.GetProperty("holidays").EnumerateArray().First(one => Text(one, "id") == "us-federal");
        var week = presets.GetProperty("weeks").EnumerateArray().First(one => Text(one, "id") == "weekdays");
        var afterHours = new { kind = "voicemail", mailbox = "box" };

        var made = (await manager.PostAsync("schedules", new
        {
            name = "front desk",
            zone = "America/Chicago",
            week = week.GetProperty("week"),
            afterHours,
            holidays = template.GetProperty("holidays"),
        })).Is(201);
        var days = (await manager.GetAsync($"schedules/{made.Text("scheduleId")}/days?year=2032")).Is(200).Items;

        Assert.Equal("5 U.S.C. 6103; Executive Order 11582", Text(template, "source"));
        Assert.Contains(("2032-11-25", "Thanksgiving Day", false), days.Select(Told));
        // 4 July 2032 is a Sunday: it is kept on Monday, and stays a holiday itself.
        Assert.Equal(
            [("2032-07-04", "Independence Day", false), ("2032-07-05", "Independence Day", true)],
            days.Select(Told).Where(day => day.Name == "Independence Day"));

        static (string? Date, string? Name, bool Observed) Told(JsonElement day) =>
            (Text(day, "date"), Text(day, "name"), day.GetProperty("observed").GetBoolean());
    }

    [Fact]
    public async Task Versions_page_from_the_latest_on()
    {
        var (_, manager, path) = await ledger.OfficeAsync();
        (await manager.ReviseAsync(path, 1, Early)).Is(200);
        (await manager.RetireAsync(path, 2)).Is(204);

        var first = (await manager.GetAsync($"{path}/versions?limit=2")).Is(200);
        var second = (await manager.GetAsync($"{path}/versions?limit=2&cursor={first.Text("next")}")).Is(200);

        Assert.Equal(["schedule_retired", "schedule_revised"], first.Items.Select(version => Text(version, "kind")));
        Assert.Equal(["schedule_defined"], second.Items.Select(version => Text(version, "kind")));
        Assert.False(second.Body.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Schedules_page_by_id()
    {
        var (_, manager, _) = await ledger.OfficeAsync();
        foreach (var name in new[] { "b", "c" })
        {
            (await manager.PostAsync("schedules", Body(Office with { Name = name }))).Is(201);
        }

        var first = (await manager.GetAsync("schedules?limit=2")).Is(200);
        var second = (await manager.GetAsync($"schedules?limit=2&cursor={first.Text("next")}")).Is(200);

        Assert.Equal(["office", "b"], first.Items.Select(item => Text(item, "name")));
        Assert.Equal(["c"], second.Items.Select(item => Text(item, "name")));
        (await manager.GetAsync("schedules?cursor=x")).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task The_document_tells_the_limits_and_the_header_of_a_change()
    {
        using var client = ledger.Host.Server.CreateClient();
        var document = JsonDocument.Parse(await client.GetStringAsync(
            new Uri("http://localhost/openapi/v1.json"), TestContext.Current.CancellationToken)).RootElement;
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var fields = schemas.GetProperty("ScheduleRequest").GetProperty("properties");
        var put = document.GetProperty("paths").GetProperty("/api/v1/schedules/{scheduleId}").GetProperty("put");

        Assert.Equal((100, 200, 200, 500), (
            fields.GetProperty("name").GetProperty("maxLength").GetInt32(),
            fields.GetProperty("week").GetProperty("maxItems").GetInt32(),
            fields.GetProperty("holidays").GetProperty("maxItems").GetInt32(),
            fields.GetProperty("reason").GetProperty("maxLength").GetInt32()));
        Assert.Contains(put.GetProperty("parameters").EnumerateArray(), one => Text(one, "name") == "if-match");
        Assert.Contains("[0-5][0-9]", schemas.GetRawText(), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) ? value.GetString() : null;
}
