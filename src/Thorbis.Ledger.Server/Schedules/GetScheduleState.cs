using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>What a schedule says: of an instant, and of a year's dates.</summary>
public static class GetScheduleState
{
    /// <param name="Open">Left out while nothing is in force.</param>
    /// <param name="Until">The first instant after <paramref name="At"/> at which something else here is another, by
    /// all that was decided so far; left out when there is none in 400 days.</param>
    /// <param name="Holiday">That governs the local date, open or not.</param>
    /// <param name="Routing">Where calls go while closed.</param>
    /// <param name="InForce">The version that says so.</param>
    public sealed record StateView(
        Guid ScheduleId, Instant At, ConfigurationStatus Status, bool? Open, Instant? Until, string? Holiday,
        Destination? Routing, int? InForce, string? Zone, string Tzdb);

    /// <param name="Observed">It is kept in place of, or beside, a date at the weekend.</param>
    /// <param name="Governs">Of several on one date this one's hours hold.</param>
    public sealed record DayView(LocalDate Date, IsoDayOfWeek Day, string Name, bool Observed, bool Governs);

    /// <param name="InForce">The version whose holidays they are.</param>
    /// <param name="Items">By date, then in the order of the list; empty while nothing is in force.</param>
    public sealed record DaysView(
        Guid ScheduleId, int Year, ConfigurationStatus Status, int? InForce, IReadOnlyList<DayView> Items);

    public static void Map(RouteGroupBuilder api)
    {
        var schedule = api.MapGroup("/schedules/{scheduleId:guid}").WithTags("Schedules");
        schedule.MapGet("/state", GetStateAsync).Allow(Permissions.ReadSchedules)
            .WithName("GetScheduleState")
            .WithSummary("Open or closed at an instant, until when, which holiday, and where calls go.")
            .Produces<StateView>().ProducesProblem(404).ProducesProblem(422);
        schedule.MapGet("/days", GetDaysAsync).Allow(Permissions.ReadSchedules)
            .WithName("GetScheduleDays").WithSummary("The dates of a schedule's holidays in a year.")
            .Produces<DaysView>().ProducesProblem(404).ProducesProblem(422);
    }

    private static Task<IResult> GetStateAsync(
        Guid scheduleId, [AsParameters] ConfigurationAsk ask, ClaimsPrincipal user, ConfigurationReading reading,
        CancellationToken stop) => GetSchedules.ReadAsync(
        scheduleId, ask, user, reading, (schedule, at) => Results.Ok(State(schedule, at)), stop);

    private static Task<IResult> GetDaysAsync(
        Guid scheduleId,
        [Description("Of the local calendar, 1900 to 2200; that of the instant asked about when left out.")] int? year,
        [AsParameters] ConfigurationAsk ask, ClaimsPrincipal user, ConfigurationReading reading,
        CancellationToken stop) => GetSchedules.ReadAsync(
        scheduleId, ask, user, reading, (schedule, at) => Days(schedule, at, year), stop);

    private static StateView State(ScheduleState schedule, Instant at)
    {
        var state = ScheduleOutlook.At(schedule, at);
        return new(
            schedule.ScheduleId, at, ScheduleView.StatusOf(schedule, at), state?.Open,
            state is null ? schedule.BeginAfter(at) : state.Until, state?.Holiday, state?.Routing,
            schedule.InForceAt(at)?.Version, schedule.TermsAt(at)?.Zone, Usage.CompanyZones.TzdbVersion);
    }

    private static IResult Days(ScheduleState schedule, Instant at, int? asked)
    {
        var terms = schedule.TermsAt(at);
        var zone = DateTimeZoneProviders.Tzdb[terms?.Zone ?? "UTC"];
        var year = asked ?? at.InZone(zone).Year;
        if (year is < HolidayCalendar.FirstYear or > HolidayCalendar.LastYear)
        {
            return Problems.Invalid(
                "year", $"Expected a year from {HolidayCalendar.FirstYear} to {HolidayCalendar.LastYear}.");
        }
        var holidays = terms?.Holidays ?? [];
        var governed = new HashSet<LocalDate>();
        return Results.Ok(new DaysView(
            schedule.ScheduleId, year, ScheduleView.StatusOf(schedule, at), schedule.InForceAt(at)?.Version,
            [
                .. HolidayCalendar.Days(holidays, year).Select(day => new DayView(
                    day.Date, day.Date.DayOfWeek, holidays[day.Place].Name, day.Observed, governed.Add(day.Date))),
            ]));
    }
}
