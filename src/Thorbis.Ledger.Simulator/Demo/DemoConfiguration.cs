using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>Gives a company rules, hours and menus with a history of changes by several people, from before its
/// traffic on.</summary>
internal sealed class DemoConfiguration(Uri url, SimulatedCompany company) : IDisposable
{
    /// <summary>Sets the ledger's clock back for one request, where it is started for a demonstration.</summary>
    public const string ClockHeader = "x-demo-clock";

    private const string Api = "/api/v1";
    private const string Changes = $"{Api}/trail?kind=rules,schedules,menus,mailboxes,team,changeSets&limit=500";
    private readonly Dictionary<string, LedgerSession> _people = [];

    /// <summary>Makes what is missing: the trail says what was done. A company that was configured by somebody else,
    /// or a ledger whose clock stays as it is, is left alone.</summary>
    /// <returns>How many steps were done.</returns>
    public async Task<int> EnsureAsync(Instant now, CancellationToken stop)
    {
        var owner = await PersonAsync("owner", stop);
        var probe = await owner.SendAsync(
            HttpMethod.Get, Changes, null, headers => headers.Add(ClockHeader, now.ToString()), stop);
        var told = await ReadAsync(owner, probe.OrThrow(), stop);
        if (probe.Header(ClockHeader) is null)
        {
            return 0;
        }
        var zone = DateTimeZoneProviders.Tzdb[company.Zone];
        var begun = told.TryGetValue(DemoPlan.Opening, out var first) ? first : (Instant?)null;
        if (begun is null && told.Count > 0)
        {
            return 0;
        }
        var today = begun is { } at ? at.InZone(zone).Date.PlusDays(DemoPlan.DaysBefore) : now.InZone(zone).Date;
        var presets = (await owner.GetAsync($"{Api}/schedule-presets", stop)).OrThrow().Body!.Value;
        var hours = DemoHours.Of(company.Zone, presets);
        var steps = new DemoPlan(company, await MembersAsync(owner, stop), hours, today).Steps
            .Where(step => !told.ContainsKey(step.Reason)).ToList();
        foreach (var step in steps)
        {
            await DoAsync(step, stop);
        }
        return steps.Count;
    }

    public void Dispose()
    {
        foreach (var person in _people.Values)
        {
            person.Dispose();
        }
    }

    private async Task DoAsync(DemoStep step, CancellationToken stop)
    {
        var person = await PersonAsync(step.Role, stop);
        var version = step.Edits is { } edited
            ? (await person.GetAsync(Api + edited, stop)).OrThrow().Header("ETag")
            : null;
        var body = step.Body is null ? null : JsonSerializer.SerializeToNode(step.Body)!.AsObject();
        body?.Add("reason", step.Reason);
        var path = body is null ? $"{step.Path}?reason={Uri.EscapeDataString(step.Reason)}" : step.Path;
        (await person.SendAsync(step.Method, Api + path, body, headers =>
        {
            headers.Add(ClockHeader, step.At.ToString());
            if (version is not null)
            {
                headers.Add("If-Match", version);
            }
        }, stop)).OrThrow();
    }

    private async Task<LedgerSession> PersonAsync(string role, CancellationToken stop)
    {
        if (!_people.TryGetValue(role, out var person))
        {
            person = await LedgerSession.SignInAsync(
                url, DemoCompanies.Email(company, role), DemoCompanies.Password(role), company.CompanyId, stop);
            _people.Add(role, person);
        }
        return person;
    }

    /// <summary>When which reason was recorded.</summary>
    private static async Task<Dictionary<string, Instant>> ReadAsync(
        LedgerSession owner, LedgerReply page, CancellationToken stop)
    {
        var told = new Dictionary<string, Instant>();
        while (true)
        {
            foreach (var entry in page.Items)
            {
                var recordedAt = LedgerReply.Text(entry, "recordedAt")!;
                told[LedgerReply.Text(entry, "reason") ?? ""] =
                    InstantPattern.ExtendedIso.Parse(recordedAt).GetValueOrThrow();
            }
            if (page.Text("next") is not { } next)
            {
                return told;
            }
            page = (await owner.GetAsync($"{Changes}&cursor={Uri.EscapeDataString(next)}", stop)).OrThrow();
        }
    }

    /// <summary>Ids of members by their role.</summary>
    private static async Task<Dictionary<string, string>> MembersAsync(LedgerSession owner, CancellationToken stop) =>
        (await owner.GetAsync($"{Api}/team", stop)).OrThrow().Items
            .DistinctBy(member => LedgerReply.Text(member, "role"))
            .ToDictionary(member => LedgerReply.Text(member, "role")!, member => LedgerReply.Text(member, "member")!);
}
