using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Hosting;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Schedules;

/// <summary>Schedules to test with, and how they are defined and changed.</summary>
internal static class SchedulePlans
{
    /// <summary>With every kind of rule and of hours: their stored form is kept.</summary>
    public static readonly Schedule Every = new(
        "office", "America/New_York", [new(IsoDayOfWeek.Friday, ClockTime.Parse("18:00"), ClockTime.Parse("26:00"))],
        new ToMailbox("box"),
        [
            Closed("a", new FixedDate(12, 25, Observance.NextFreeWeekday, true)),
            Closed("b", new OneDate(new(2030, 5, 6))),
            Closed("c", new DateRange(new(2030, 12, 28), new(2031, 1, 2))),
            Closed("d", new YearlyRange(12, 24, 1, 1)),
            Closed("e", new NthWeekday(11, IsoDayOfWeek.Thursday, 4, 1)),
            Closed("f", new LastWeekday(5, IsoDayOfWeek.Monday)),
            Closed("g", new WeekdayBefore(IsoDayOfWeek.Monday, 5, 25)),
            Closed("h", new WeekdayAfter(IsoDayOfWeek.Wednesday, 11, 16)),
            new("i", new EasterDay(-2, Church.Orthodox),
                new OwnHours([new(ClockTime.Parse("10:00"), ClockTime.EndOfDay)]),
                new ToAnnouncement(new SpokenText("Closed.", "en-US", "female")), 2030, 2040),
        ]);

    /// <summary>Monday to Friday, 09:00 to 17:00 in New York, Christmas Day closed with a destination of its
    /// own.</summary>
    public static readonly Schedule Office = new(
        "office", "America/New_York", WeekPresets.Weekdays, new ToMailbox("box"),
        [Closed("Christmas Day", new FixedDate(12, 25)) with { Routing = new ToHangUp() }]);

    /// <summary>The same, from 07:00 to 15:00.</summary>
    public static readonly Schedule Early = Office with { Week = WeekPresets.Early };

    /// <summary>A company whose manager has defined <see cref="Office"/>.</summary>
    /// <returns>Its id, its manager, and the schedule's path.</returns>
    public static async Task<(string Company, Caller Manager, string Path)> OfficeAsync(this LedgerHost ledger)
    {
        var company = await ledger.CompanyAsync();
        var manager = await ledger.MemberAsync(company, Role.Manager);
        var made = (await manager.PostAsync("schedules", Body(Office))).Is(201);
        return (company, manager, "schedules/" + made.Text("scheduleId"));
    }

    /// <param name="extra">More members, as pairs of name and value.</param>
    public static Dictionary<string, object?> Body(Schedule terms, params ReadOnlySpan<(string, object)> extra)
    {
        var body = new Dictionary<string, object?>
        {
            ["name"] = terms.Name,
            ["zone"] = terms.Zone,
            ["week"] = terms.Week,
            // By itself it would be written without its kind.
            ["afterHours"] = JsonSerializer.SerializeToElement(terms.AfterHours, LedgerJson.Options),
            ["holidays"] = terms.Holidays,
        };
        foreach (var (name, value) in extra)
        {
            body[name] = value;
        }
        return body;
    }

    /// <param name="version">For <c>If-Match</c>, quotes included; null for none.</param>
    public static Task<Answer> ChangeAsync(
        this Caller caller, HttpMethod method, string path, string? version, object? body = null) =>
        caller.SendAsync(method, path, body, request =>
        {
            if (version is not null)
            {
                Assert.True(request.Headers.TryAddWithoutValidation("If-Match", version));
            }
        });

    public static Task<Answer> ReviseAsync(
        this Caller caller, string path, int version, Schedule terms, params ReadOnlySpan<(string, object)> extra) =>
        caller.ChangeAsync(HttpMethod.Put, path, $"\"{version}\"", Body(terms, extra));

    public static Task<Answer> RetireAsync(this Caller caller, string path, int version, string query = "") =>
        caller.ChangeAsync(HttpMethod.Delete, path + query, $"\"{version}\"");

    /// <summary>Stored names of what was recorded of a schedule, in order.</summary>
    public static Task<List<string>> FactsAsync(this LedgerHost ledger, string company, string path) =>
        ledger.RowsAsync(
            "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version", company,
            "schedule/" + path["schedules/".Length..]);

    private static Holiday Closed(string name, HolidayRule rule) => new(name, rule, new ClosedHours());
}
