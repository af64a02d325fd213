using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Schedules.SchedulePlans;

namespace Thorbis.Ledger.Server.Tests.Schedules;

/// <summary>What cannot be taken is told by its field, and nothing is recorded.</summary>
[Collection<LedgerTests>]
public sealed class BadScheduleTests(LedgerHost ledger)
{
    private const string Monday = """{"day":"monday","start":"09:00","end":"17:00"}""";

    [Theory]
    [InlineData("zone", "\"Mars/Olympus\"", 422, "zone")]
    [InlineData("zone", "\"UTC+5\"", 422, "zone")]
    [InlineData("zone", null, 400, "$")]
    [InlineData("name", "\"\"", 422, "name")]
    [InlineData("name", "7", 400, "$.name")]
    [InlineData("week", $"[{Monday},{Monday}]", 422, "week[1]")]
    [InlineData("week", "[null]", 422, "week[0]")]
    [InlineData("week", """[{"day":"none","start":"09:00","end":"17:00"}]""", 422, "week[0].day")]
    [InlineData("week", """[{"day":"monday","start":"09:00","end":"49:00"}]""", 422, "week[0].end")]
    [InlineData("week", """[{"day":"monday","start":"9am","end":"17:00"}]""", 400, "$.week[0].start")]
    [InlineData("week", """[{"day":"Lundi","start":"09:00","end":"17:00"}]""", 400, "$.week[0].day")]
    [InlineData("afterHours", """{"kind":"teleport"}""", 400, "$.afterHours")]
    [InlineData("afterHours", "{}", 400, "$.afterHours")]
    [InlineData("afterHours", """{"kind":"number","number":"911"}""", 422, "afterHours.number")]
    [InlineData("holidays", """[{"name":"a","rule":{"kind":"sometimes"},"hours":{"kind":"closed"}}]""", 400,
        "$.holidays[0].rule")]
    [InlineData("holidays",
        """[{"name":"a","rule":{"kind":"date","date":"2030-02-30"},"hours":{"kind":"closed"}}]""", 400,
        "$.holidays[0].rule.date")]
    [InlineData("holidays",
        """[{"name":"a","rule":{"kind":"fixed","month":13,"day":1},"hours":{"kind":"closed"}}]""", 422,
        "holidays[0].rule.month")]
    [InlineData("effectiveAt", "\"2030-01-01T00:00:00\"", 400, "$.effectiveAt")]
    [InlineData("effectiveAt", "\"2020-01-01T00:00:00Z\"", 422, "effectiveAt")]
    [InlineData("effectiveAt", "\"2090-01-01T00:00:00Z\"", 422, "effectiveAt")]
    [InlineData("reason", "\"a\\u0000b\"", 422, null)]
    public async Task A_field_that_cannot_be_taken_is_named(string field, string? json, int status, string? named)
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        var body = JsonSerializer.SerializeToNode(Body(Office), LedgerJson.Options)!.AsObject();
        body.Remove(field);
        if (json is not null)
        {
            body[field] = JsonNode.Parse(json);
        }

        var refused = (await manager.PostAsync("schedules", Json(body.ToJsonString())))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        if (named is not null)
        {
            Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        }
        Assert.Empty((await manager.GetAsync("schedules")).Items);
    }

    [Fact]
    public async Task Two_hundred_ranges_are_taken_and_one_more_is_not()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        Domain.Schedules.OpenRange[] ranges =
        [
            .. Enumerable.Range(0, 201).Select(i => new Domain.Schedules.OpenRange(
                (NodaTime.IsoDayOfWeek)(1 + (i / 40)), new(i % 40 * 30), new((i % 40 * 30) + 15))),
        ];

        var refused = (await manager.PostAsync("schedules", Body(Office with { Week = ranges })))
            .IsProblem(422, "invalid");
        (await manager.PostAsync("schedules", Body(Office with { Week = ranges[..200] }))).Is(201);

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("week", out _));
    }

    [Theory]
    [InlineData("?at=2030-01-01T00:00:00", 422, "at")]
    [InlineData("?at=2030-01-01", 422, "at")]
    [InlineData("?at=noon", 422, "at")]
    [InlineData("?at=1799-12-31T23:59:59Z", 422, "at")]
    [InlineData("?at=2500-01-01T00:00:00Z", 422, "at")]
    [InlineData("?at=9999-12-31T23:59:59-12:00", 422, "at")]
    [InlineData("?asKnownAt=2030-01-01T00:00:00", 422, "asKnownAt")]
    [InlineData("?asKnownSeq=-1", 422, "asKnownSeq")]
    [InlineData("?asKnownSeq=x", 400, "asKnownSeq")]
    [InlineData("?asKnownSeq=1&asKnownAt=2030-01-01T00:00:00Z", 422, "asKnownSeq")]
    [InlineData("/state?at=2030-01-01T00:00:00", 422, "at")]
    [InlineData("/days?year=1899", 422, "year")]
    [InlineData("/days?year=2201", 422, "year")]
    [InlineData("/days?year=soon", 400, "year")]
    [InlineData("/versions?cursor=x", 422, "cursor")]
    [InlineData("/versions?limit=0", 422, "limit")]
    public async Task A_question_that_cannot_be_answered_names_its_parameter(string asked, int status, string named)
    {
        var (_, manager, path) = await ledger.OfficeAsync();

        var refused = (await manager.GetAsync(path + asked))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("schedules/0192d3a0-0000-7000-8000-000000000001")]
    [InlineData("schedules/0192d3a0-0000-7000-8000-000000000001/versions")]
    [InlineData("schedules/office")]
    public async Task An_id_of_no_schedule_is_404(string path)
    {
        var (_, manager, _) = await ledger.OfficeAsync();

        (await manager.GetAsync(path)).IsProblem(404, "not-found");
        (await manager.RetireAsync(path, 1)).Is(path.EndsWith("versions") ? 405 : 404);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_malformed()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);

        foreach (var text in new[] { "", "{", "[]", "null", "\"office\"", "{\"name\":\"\\ud800\"}" })
        {
            (await manager.PostAsync("schedules", Json(text))).IsProblem(400, "malformed");
        }
        (await manager.PostAsync("schedules?scheduleId=7", Body(Office))).IsProblem(400, "malformed");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
