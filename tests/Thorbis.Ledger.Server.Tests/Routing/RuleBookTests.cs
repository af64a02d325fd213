using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Routing;

[Collection<LedgerTests>]
public sealed class RuleBookTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_rule_is_added_read_and_every_field_of_it_changed_or_cleared()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await desk.AddAsync();

        var added = (await desk.Manager.GetAsync($"rulebook/rules/{id}")).Is(200);
        (await desk.ChangeAsync(HttpMethod.Put, $"rules/{id}", 1, Desk.Json(
            desk.Rule("Support"), """{"fallback": null, "ring": {"seconds": 45, "recording": "none"}}"""))).Is(200);
        var revised = (await desk.Manager.GetAsync($"rulebook/rules/{id}")).Is(200);

        Assert.Equal((desk.Ann, "+12025550177", 20, "\"1\""), (
            added.Body.GetProperty("then").GetProperty("to").GetProperty("member").GetString(),
            added.Body.GetProperty("fallback").GetProperty("number").GetString(),
            added.Body.GetProperty("ring").GetProperty("seconds").GetInt32(), added.Headers.ETag?.Tag));
        Assert.Equal(("Support", false, 45, "\"2\""), (
            revised.Text("name"), revised.Body.TryGetProperty("fallback", out _),
            revised.Body.GetProperty("ring").GetProperty("seconds").GetInt32(), revised.Headers.ETag?.Tag));
        Assert.Equal(["rule_added", "rule_revised"], await desk.FactsAsync(ledger));
    }

    [Fact]
    public async Task Rules_have_one_order_that_is_changed_by_moving_copying_removing_and_restoring()
    {
        var desk = await Desk.NewAsync(ledger);
        var (a, b) = (await desk.AddAsync("a"), await desk.AddAsync("b"));
        await desk.AddAsync("c", """{"place": 1}""");
        Assert.Equal(["c", "a", "b"], await desk.NamesAsync());

        (await desk.PostAsync($"rules/{b}/move", 3, new { place = 1, reason = "first" })).Is(200);
        Assert.Equal(["b", "c", "a"], await desk.NamesAsync());
        (await desk.PostAsync($"rules/{b}/duplicate", 4, new { name = "b2" })).Is(200);
        Assert.Equal(["b", "b2", "c", "a"], await desk.NamesAsync());
        (await desk.ChangeAsync(HttpMethod.Delete, $"rules/{a}?reason=gone", 5)).Is(200);
        Assert.Equal(["b", "b2", "c"], await desk.NamesAsync());
        Assert.Equal(a, Assert.Single((await desk.Manager.GetAsync("rulebook/removed")).Is(200).Items).GetProperty("id")
            .GetString());
        (await desk.PostAsync($"rules/{a}/restore", 6, new { place = 2 })).Is(200);
        Assert.Equal(["b", "a", "b2", "c"], await desk.NamesAsync());
        (await desk.PostAsync("restore", 7, new { version = 3 })).Is(200);
        Assert.Equal(["c", "a", "b"], await desk.NamesAsync());
        Assert.Equal(
            [
                "rule_added", "rule_added", "rule_added", "rule_moved", "rule_added", "rule_removed", "rule_restored",
                "rule_book_restored",
            ],
            await desk.FactsAsync(ledger));
    }

    [Fact]
    public async Task A_stale_edit_is_refused_with_both_versions_and_a_repeated_one_records_nothing()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = Guid.CreateVersion7();
        (await desk.Manager.PostAsync($"rulebook/rules?ruleId={id}", Desk.Json(desk.Rule()))).Is(201);
        (await desk.Manager.PostAsync($"rulebook/rules?ruleId={id}", Desk.Json(desk.Rule()))).Is(200);
        (await desk.Manager.PostAsync($"rulebook/rules?ruleId={id}", Desk.Json(desk.Rule("other"))))
            .IsProblem(409, "rule-exists");

        (await desk.PostAsync($"rules/{id}/disable", 1)).Is(200);
        var stale = (await desk.PostAsync($"rules/{id}/enable", 1)).IsProblem(409, "stale-edit");
        var repeated = (await desk.PostAsync($"rules/{id}/disable", 1)).Is(200);
        (await desk.Manager.PostAsync($"rulebook/rules/{id}/enable")).IsProblem(428, "precondition-required");

        Assert.Equal((1, 2, 2), (
            stale.Body.GetProperty("edited").GetInt32(), stale.Body.GetProperty("version").GetInt32(),
            repeated.Body.GetProperty("version").GetInt32()));
        Assert.Equal(["rule_added", "rule_disabled"], await desk.FactsAsync(ledger));
    }

    [Fact]
    public async Task Two_edits_of_one_version_at_once_record_one()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await desk.AddAsync();

        var answers = await Task.WhenAll(
            desk.PostAsync($"rules/{id}/disable", 1), desk.ChangeAsync(HttpMethod.Delete, $"rules/{id}", 1));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal(2, (await desk.FactsAsync(ledger)).Count);
    }

    [Fact]
    public async Task What_was_in_force_and_what_was_known_can_both_be_asked_for()
    {
        var desk = await Desk.NewAsync(ledger);
        await desk.AddAsync("a");
        var first = (await desk.Manager.GetAsync("rulebook/versions")).Is(200).Items[0];
        await desk.AddAsync("later", """{"effectiveAt": "2031-01-01T00:00:00Z", "reason": "new year"}""");

        Assert.Equal(["a"], await desk.NamesAsync());
        Assert.Equal(["a", "later"], await desk.NamesAsync("?at=2031-01-01T00:00:00Z"));
        Assert.Equal(["a"], await desk.NamesAsync(
            $"?at=2031-01-01T00:00:00Z&asKnownAt={first.GetProperty("recordedAt").GetString()}"));
        Assert.Equal(["a"], await desk.NamesAsync(
            $"?at=2031-01-01T00:00:00Z&asKnownSeq={first.GetProperty("sequence").GetInt64()}"));
        Assert.Empty(await desk.NamesAsync("?at=2020-01-01T00:00:00Z"));
        Assert.Equal("2031-01-01T00:00:00Z", Assert.Single((await desk.Manager.GetAsync("rulebook")).Is(200).Body
            .GetProperty("planned").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Versions_and_blame_tell_who_set_what()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await desk.AddAsync();
        (await desk.ChangeAsync(HttpMethod.Put, $"rules/{id}", 1, Desk.Json(
            desk.Rule(), """{"ring": {"seconds": 60, "recording": "dual"}, "reason": "too short"}"""))).Is(200);

        var versions = (await desk.Manager.GetAsync("rulebook/versions?limit=1")).Is(200);
        var first = (await desk.Manager.GetAsync("rulebook/versions/1")).Is(200).Body.GetProperty("book");
        var blame = (await desk.Manager.GetAsync("rulebook/blame")).Is(200).Items
            .Where(value => value.GetProperty("ruleId").GetString() == id)
            .ToDictionary(value => value.GetProperty("field").GetString()!, value => value.GetProperty("setBy"));

        Assert.Equal(("rule_revised", "too short"), (
            versions.Items[0].GetProperty("kind").GetString(), versions.Items[0].GetProperty("reason").GetString()));
        Assert.Equal(20, first.GetProperty("rules")[0].GetProperty("ring").GetProperty("seconds").GetInt32());
        Assert.Equal((2, 1, 1), (
            blame["ring.seconds"].GetProperty("version").GetInt32(),
            blame["ring.recording"].GetProperty("version").GetInt32(),
            blame["name"].GetProperty("version").GetInt32()));
        (await desk.Manager.GetAsync("rulebook/versions/3")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Queues_blocked_callers_and_the_default_are_of_the_book_and_what_is_named_stays()
    {
        var desk = await Desk.NewAsync(ledger);
        (await desk.Manager.PostAsync("rulebook/queues/line", Desk.Json(desk.Queue()))).Is(201);
        (await desk.Manager.PostAsync("rulebook/queues/line", Desk.Json(desk.Queue()))).Is(200);
        var rule = await desk.AddAsync("Waiters", """{"then": {"kind": "queue", "queue": "line"}}""");
        (await desk.Manager.PutAsync("rulebook/blocked/+4930123456?reason=nuisance")).Is(200);
        (await desk.ChangeAsync(
            HttpMethod.Put, "default", 3, Desk.Json([], """{"to": {"kind": "queue", "queue": "line"}}"""))).Is(200);

        var used = (await desk.ChangeAsync(HttpMethod.Delete, "queues/line", 4)).IsProblem(409, "in-use");
        (await desk.ChangeAsync(HttpMethod.Put, "default", 4, new { })).IsProblem(400, "malformed");
        (await desk.ChangeAsync(HttpMethod.Put, "default", 4, Desk.Json([], """{"to": null}"""))).Is(200);
        (await desk.ChangeAsync(HttpMethod.Delete, $"rules/{rule}", 5)).Is(200);
        (await desk.ChangeAsync(HttpMethod.Delete, "queues/line", 6)).Is(200);
        (await desk.ChangeAsync(HttpMethod.Put, "queues/line", 7, Desk.Json(desk.Queue())))
            .IsProblem(404, "not-found");
        (await desk.Manager.DeleteAsync("rulebook/blocked/+4930123456")).Is(200);

        Assert.Contains("rule 'Waiters'", used.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var book = (await desk.Manager.GetAsync("rulebook")).Is(200).Body;
        Assert.Equal((0, 0, false), (
            book.GetProperty("queues").GetArrayLength(), book.GetProperty("blocked").GetArrayLength(),
            book.TryGetProperty("default", out _)));
    }

    [Fact]
    public async Task Rules_are_changed_by_owner_admin_and_manager_and_another_company_sees_none()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await desk.AddAsync();
        foreach (var (role, versions, changes) in new[]
        {
            (Role.Owner, 200, 200), (Role.Admin, 200, 200), (Role.Manager, 200, 200), (Role.Auditor, 200, 403),
            (Role.Billing, 403, 403), (Role.Member, 403, 403),
        })
        {
            var member = await ledger.MemberAsync(desk.Company, role);
            (await member.GetAsync("rulebook")).Is(200);
            (await member.GetAsync("rulebook/versions")).Is(versions);
            (await member.GetAsync("rulebook/blame")).Is(versions);
            (await member.PutAsync("rulebook/blocked/+4930123456")).Is(changes);
        }
        var stranger = await Desk.NewAsync(ledger);

        (await stranger.Manager.GetAsync($"rulebook/rules/{id}")).IsProblem(404, "not-found");
        (await stranger.PostAsync($"rules/{id}/disable", 0)).IsProblem(404, "not-found");
        Assert.Empty(await stranger.NamesAsync());
    }

    [Fact]
    public async Task A_change_that_would_spoil_what_is_planned_is_refused_and_says_from_when()
    {
        var desk = await Desk.NewAsync(ledger);
        (await desk.Manager.PostAsync("rulebook/queues/line", Desk.Json(desk.Queue()))).Is(201);
        await desk.AddAsync(
            "Later", """{"then": {"kind": "queue", "queue": "line"}, "effectiveAt": "2031-01-01T00:00:00Z"}""");

        var refused = (await desk.ChangeAsync(HttpMethod.Delete, "queues/line", 2)).IsProblem(409, "in-use");

        Assert.Contains("2031-01-01", refused.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await desk.FactsAsync(ledger)).Count);
    }
}
