using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Tests.Routing;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Schedules.SchedulePlans;

namespace Thorbis.Ledger.Server.Tests.Audit;

[Collection<LedgerTests>]
public sealed class TrailTests(LedgerHost ledger)
{
    [Fact]
    public async Task Changes_of_a_schedule_are_told_in_words_with_who_when_and_why()
    {
        var (company, manager, path) = await ledger.OfficeAsync();
        var friday = Office with
        {
            Week = [.. Office.Week.Select(range => range.Day == NodaTime.IsoDayOfWeek.Friday
                ? range with { End = Domain.Schedules.ClockTime.Parse("16:00") } : range)],
        };
        (await manager.ChangeAsync(HttpMethod.Put, path, "\"1\"", Body(friday, ("reason", "short Fridays"))))
            .Is(200);
        (await manager.RetireAsync(path, 2)).Is(204);

        var entries = await EntriesAsync(company, $"?thing={path.Replace("schedules", "schedule")}");

        Assert.Equal(
            [
                "schedule 'office' removed",
                "Friday closes 17:00 → 16:00",
                "schedule 'office' created (Monday to Friday 09:00–17:00, America/New_York; after hours to the "
                    + "voicemail box box; 1 holiday)",
            ],
            entries.Select(Words));
        var revised = entries[1];
        Assert.Equal(
            ("schedule_revised", "schedules", "schedule 'office'", 2, "short Fridays"),
            (revised.GetProperty("fact").GetString(), revised.GetProperty("kind").GetString(),
            revised.GetProperty("thing").GetString(), revised.GetProperty("version").GetInt32(),
            revised.GetProperty("reason").GetString()));
        var by = revised.GetProperty("by");
        Assert.StartsWith("user:", by.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("@example.com", by.GetProperty("name").GetString(), StringComparison.Ordinal);
        var change = revised.GetProperty("changes")[0];
        Assert.Equal(("week.friday", "09:00–17:00", "09:00–16:00"), (
            change.GetProperty("field").GetString(), change.GetProperty("before").GetString(),
            change.GetProperty("after").GetString()));
    }

    [Fact]
    public async Task Changes_of_the_rule_book_name_members_also_those_who_have_left()
    {
        var desk = await Desk.NewAsync(ledger);
        var sales = await desk.AddAsync();
        var support = await desk.AddAsync("Support", "{\"when\": []}");
        (await desk.PostAsync($"rules/{support}/move", 2, new { place = 1, reason = "more often" })).Is(200);
        (await desk.ChangeAsync(HttpMethod.Put, $"rules/{sales}", 3, Desk.Json(
            desk.Rule(), "{\"ring\": {\"seconds\": 30, \"recording\": \"dual\"}, \"then\": {\"kind\": \"direct\", "
            + "\"to\": {\"kind\": \"hang_up\"}}}"))).Is(200);
        (await desk.PostAsync($"rules/{sales}/disable", 4)).Is(200);
        (await desk.ChangeAsync(HttpMethod.Delete, $"rules/{support}", 5)).Is(200);
        var op = await ledger.OperatorAsync();
        (await op.DeleteAsync($"operator/companies/{desk.Company}/members/{desk.Ann}")).Is(204);
        var ann = (await ledger.RowsAsync("select \"Email\" from identity.users where \"Id\" = $1", desk.Ann))[0];

        var entries = await EntriesAsync(desk.Company, "?kind=rules");

        Assert.Equal(
            [
                "rule 'Support' removed",
                "rule 'Sales' switched off",
                $"rule 'Sales': goes to {ann} → nobody: it is hung up; rule 'Sales': ring time 20 s → 30 s",
                "rule 'Support' moved from place 2 to 1",
                $"rule 'Support' added (every call: to {ann}, rings 20 s, then +12025550177)",
                $"rule 'Sales' added (calls to {desk.Number}: to {ann}, rings 20 s, then +12025550177)",
            ],
            entries.Select(Words));
        Assert.All(entries, entry => Assert.Equal("rule book", entry.GetProperty("thing").GetString()));
    }

    [Fact]
    public async Task A_planned_change_is_told_against_what_will_be_in_force_then()
    {
        var (company, manager, path) = await ledger.OfficeAsync();
        (await manager.ChangeAsync(
            HttpMethod.Put, path, "\"1\"",
            Body(Office with { Zone = "Europe/Berlin" }, ("effectiveAt", "2030-01-01T00:00:00Z")))).Is(200);
        (await manager.ChangeAsync(
            HttpMethod.Put, path, "\"2\"",
            Body(Office with { Zone = "UTC" }, ("effectiveAt", "2031-01-01T00:00:00Z")))).Is(200);

        var entries = await EntriesAsync(company, "?kind=schedule_revised");

        Assert.Equal(
            ["time zone Europe/Berlin → UTC", "time zone America/New_York → Europe/Berlin"], entries.Select(Words));
        Assert.Equal("2031-01-01T00:00:00Z", entries[0].GetProperty("effectiveAt").GetString());
    }

    [Fact]
    public async Task Whatever_else_a_command_changed_is_told_by_its_fields()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var (user, email) = await ledger.AddMemberAsync(company, Role.Member);
        (await owner.PutAsync($"members/{user}", new { role = "manager" })).Is(204);
        var key = (await owner.PostAsync("api-keys", new { name = "CRM", role = Role.Billing })).Is(201);
        (await owner.DeleteAsync($"api-keys/{key.Text("keyId")}")).Is(204);
        (await owner.PutAsync("customers/ACME-17", new { name = "Acme" })).Is(201);
        (await owner.PutAsync("customers/ACME-17", new { name = "Acme Inc." })).Is(200);
        (await owner.PostAsync("budgets", new { name = "Calls", source = "carrier", limit = 100, currency = "USD" }))
            .Is(201);

        var entries = await EntriesAsync(company, "?limit=500");
        string[] Of(string fact) =>
            [.. entries.Where(entry => entry.GetProperty("fact").GetString() == fact).Select(Words)];

        Assert.Equal(["role member → manager"], Of("member_role_changed"));
        Assert.Equal(["name set to CRM; role set to billing"], Of("api_key_created"));
        Assert.Equal(["api key revoked"], Of("api_key_revoked"));
        Assert.Equal(["name Acme → Acme Inc.", "name set to Acme"], Of("customer_named"));
        Assert.Contains("limit set to 100; currency set to USD", Of("budget_defined")[0], StringComparison.Ordinal);
        Assert.Equal(["from set to 2026-01-01T00:00:00Z"], Of("number_claimed"));
        // An operator, who is no member: his address is none of the company's business.
        var confirmed = Assert.Single(entries, entry => entry.GetProperty("fact").GetString() == "number_confirmed");
        Assert.False(confirmed.GetProperty("by").TryGetProperty("name", out _));
        Assert.Contains(entries, entry => entry.GetProperty("thing").GetString() == $"member {email}");
        Assert.Contains(entries, entry => entry.GetProperty("thing").GetString() == "API key 'CRM'");
        Assert.Contains(entries, entry => entry.GetProperty("thing").GetString() == $"number {number}");
    }

    [Fact]
    public async Task It_is_filtered_by_who_what_when_and_thing()
    {
        var (company, manager, path) = await ledger.OfficeAsync();
        var key = await ledger.ProgramAsync(company, Role.Manager);
        (await key.PutAsync("customers/ACME-17", new { name = "Acme" })).Is(201);
        (await manager.ReviseAsync(path, 1, Early)).Is(200);
        var all = await EntriesAsync(company, "?limit=500");
        var (revised, named) = (all[0], all[1]);
        var who = named.GetProperty("by").GetProperty("id").GetString();
        var when = revised.GetProperty("recordedAt").GetString();

        Assert.Equal("test", named.GetProperty("by").GetProperty("name").GetString());
        Assert.Equal([Place(named)], (await EntriesAsync(company, $"?by={who}")).Select(Place));
        Assert.Equal([Place(revised)], (await EntriesAsync(company, $"?from={when}")).Select(Place));
        Assert.Equal(all.Skip(1).Select(Place), (await EntriesAsync(company, $"?to={when}&limit=500")).Select(Place));
        Assert.Equal([Place(named)], (await EntriesAsync(company, "?kind=customers,goals")).Select(Place));
        Assert.Equal([Place(revised)], (await EntriesAsync(company, "?kind=schedule_revised")).Select(Place));
        Assert.Equal([Place(named)], (await EntriesAsync(company, "?thing=customer/ACME-17")).Select(Place));
        Assert.Empty(await EntriesAsync(company, $"?changeSet={Guid.CreateVersion7()}"));
        Assert.Empty(await EntriesAsync(company, $"?by={who}&kind=schedules"));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_by_field()
    {
        var auditor = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Auditor);

        foreach (var (query, field) in new[]
        {
            ("kind=call_answered", "kind"), ("kind=schedules,", "kind"), ("from=2026-01-01", "from"),
            ("to=2026-01-01T00:00:00", "to"), ("limit=0", "limit"), ("limit=501", "limit"), ("cursor=x", "cursor"),
            ("cursor=WyJ4Il0", "cursor"),
        })
        {
            var refused = (await auditor.GetAsync($"trail?{query}")).IsProblem(422, "invalid");
            Assert.True(refused.Body.GetProperty("errors").TryGetProperty(field, out _), query);
        }
        (await auditor.GetAsync("trail?changeSet=x")).IsProblem(400, "malformed");
    }

    [Fact]
    public async Task Pages_follow_each_other_also_through_changes_of_one_instant()
    {
        var (company, _) = await ledger.CompanyWithNumberAsync();
        var at = ledger.Clock.GetCurrentInstant();
        await using (var change = await ledger.Transactions.BeginAsync(TestContext.Current.CancellationToken))
        {
            for (var i = 0; i < 7; i++)
            {
                await change.AppendAsync(
                    company, $"customer/C-{i}", [new CustomerNamed($"C-{i}", at, "Same", "clock", null)],
                    TestContext.Current.CancellationToken);
            }
            await change.CommitAsync(TestContext.Current.CancellationToken);
        }
        var auditor = await ledger.MemberAsync(company, Role.Auditor);

        var (seen, next) = (new List<string>(), "");
        do
        {
            var page = (await auditor.GetAsync($"trail?kind=customers&limit=3{next}")).Is(200);
            seen.AddRange(page.Items.Select(entry => entry.GetProperty("stream").GetString()!));
            next = page.Body.TryGetProperty("next", out var cursor) ? $"&cursor={cursor.GetString()}" : null;
        }
        while (next is not null);

        Assert.Equal([.. Enumerable.Range(0, 7).Reverse().Select(i => $"customer/C-{i}")], seen);
    }

    [Fact]
    public async Task It_is_read_by_owner_admin_manager_and_auditor_of_the_company_alone()
    {
        var (company, _, _) = await ledger.OfficeAsync();
        foreach (var (role, read, taken) in new[]
        {
            (Role.Owner, 200, 200), (Role.Admin, 200, 200), (Role.Manager, 200, 403), (Role.Auditor, 200, 200),
            (Role.Billing, 403, 403), (Role.Member, 403, 403),
        })
        {
            var member = await ledger.MemberAsync(company, role);
            (await member.GetAsync("trail")).Is(read);
            (await member.GetAsync("trail.csv")).Is(taken);
            (await member.GetAsync("exports/trail.csv")).Is(taken);
        }
        (await ledger.Anonymous().GetAsync("trail")).Is(401);
        var (other, _, _) = await ledger.OfficeAsync();
        var theirs = await EntriesAsync(other, "?limit=500");
        var ours = await EntriesAsync(company, "?limit=500");

        Assert.Empty(theirs.Select(Place).Intersect(ours.Select(Place)));
        Assert.Empty(await EntriesAsync(other, $"?thing={ours[^1].GetProperty("stream").GetString()}"));
    }

    internal static string Words(JsonElement entry) => string.Join(
        "; ", entry.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("words").GetString()));

    private async Task<JsonElement[]> EntriesAsync(string company, string query) =>
        (await (await ledger.MemberAsync(company, Role.Auditor)).GetAsync($"trail{query}")).Is(200).Items is var items
            // The auditor who asks has just joined.
            ? [.. items.Where(entry => !entry.GetProperty("changes").EnumerateArray().Any(change =>
                change.TryGetProperty("after", out var after) && after.GetString() == "auditor"))]
            : [];

    private static long Place(JsonElement entry) => entry.GetProperty("sequence").GetInt64();
}
