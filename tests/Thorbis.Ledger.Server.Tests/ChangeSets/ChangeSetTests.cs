using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.ChangeSets;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Routing;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.ChangeSets;

/// <summary>Several changes as one: all of it or nothing, and not over what others changed.</summary>
[Collection<LedgerTests>]
public sealed class ChangeSetTests(LedgerHost ledger)
{
    private static readonly Guid Hours = Guid.Parse("0192d3a0-0000-7000-8000-000000000009");

    [Fact]
    public async Task Rules_and_hours_are_published_at_once_each_fact_with_the_change_set()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await DraftAsync(desk, Summer(desk));
        Assert.Empty(await desk.NamesAsync());

        var published = (await StepAsync(desk.Manager, id, 1, "publish", new { reason = "summer" })).Is(200);

        Assert.Equal(("published", 2, 2), (
            published.Text("status"), published.Body.GetProperty("version").GetInt32(),
            published.Body.GetProperty("facts").GetInt32()));
        Assert.Equal(["Sales"], await desk.NamesAsync());
        var version = (await desk.Manager.GetAsync("rulebook/versions")).Is(200).Items[0];
        Assert.Equal((id, "summer"), (
            version.GetProperty("changeSet").GetString(), version.GetProperty("reason").GetString()));
        Assert.Equal("inForce", (await desk.Manager.GetAsync($"schedules/{Hours}")).Is(200).Text("status"));
        (await StepAsync(desk.Manager, id, 1, "publish", new { })).Is(200);
        Assert.Equal(["change_set_drafted", "change_set_published"], await FactsAsync(desk, id));
    }

    [Fact]
    public async Task One_whose_base_has_moved_is_not_applied_and_says_so_until_it_is_written_anew()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await DraftAsync(desk, Summer(desk));
        await desk.AddAsync("Meanwhile");

        var refused = (await StepAsync(desk.Manager, id, 1, "publish", new { })).IsProblem(409, "base-moved");
        var shown = (await desk.Manager.GetAsync($"change-sets/{id}")).Is(200);
        Assert.Equal(["Meanwhile"], await desk.NamesAsync());
        (await desk.Manager.GetAsync($"schedules/{Hours}")).IsProblem(404, "not-found");
        (await StepAsync(desk.Manager, id, 1, "", Summer(desk), HttpMethod.Put)).Is(200);
        (await StepAsync(desk.Manager, id, 2, "publish", new { })).Is(200);

        Assert.Contains("rulebook from version 0 to 1", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(("rulebook", 0, 1), (
            shown.Body.GetProperty("moved")[0].GetProperty("stream").GetString(),
            shown.Body.GetProperty("moved")[0].GetProperty("base").GetInt32(),
            shown.Body.GetProperty("moved")[0].GetProperty("version").GetInt32()));
        Assert.Equal(["Meanwhile", "Sales"], await desk.NamesAsync());
    }

    [Fact]
    public async Task What_needs_approval_is_approved_by_somebody_else_than_its_authors()
    {
        var desk = await Desk.NewAsync(ledger);
        var admin = await ledger.MemberAsync(desk.Company, Role.Admin);
        var id = await DraftAsync(desk, Summer(desk, needsApproval: true));

        (await StepAsync(desk.Manager, id, 1, "publish", new { })).IsProblem(409, "approval-needed");
        (await StepAsync(desk.Manager, id, 1, "approve")).IsProblem(409, "second-person");
        (await StepAsync(admin, id, 1, "approve")).Is(200);
        (await StepAsync(desk.Manager, id, 2, "", Summer(desk, "Other", true), HttpMethod.Put)).Is(200);
        (await StepAsync(desk.Manager, id, 3, "publish", new { })).IsProblem(409, "approval-needed");
        (await StepAsync(admin, id, 3, "approve")).Is(200);
        (await StepAsync(desk.Manager, id, 4, "publish", new { })).Is(200);

        Assert.Equal(["Other"], await desk.NamesAsync());
    }

    [Fact]
    public async Task A_scheduled_one_is_published_when_its_instant_comes_and_holds_from_it_on()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await DraftAsync(desk, Summer(desk));
        var at = Soon();

        (await StepAsync(desk.Manager, id, 1, "publish", new { at })).Is(200);
        Assert.Equal("scheduled", (await desk.Manager.GetAsync($"change-sets/{id}")).Is(200).Text("status"));
        Assert.Empty(await desk.NamesAsync($"?at={at}"));
        await PublishDueAsync(desk, id);

        Assert.Equal("published", (await desk.Manager.GetAsync($"change-sets/{id}")).Is(200).Text("status"));
        Assert.Equal(["Sales"], await desk.NamesAsync($"?at={at}"));
        var version = (await desk.Manager.GetAsync("rulebook/versions")).Is(200).Items[0];
        Assert.Equal((at, id), (
            version.GetProperty("effectiveAt").GetString(), version.GetProperty("changeSet").GetString()));
        Assert.Equal(
            ["change_set_drafted", "change_set_scheduled", "change_set_published"], await FactsAsync(desk, id));
    }

    [Fact]
    public async Task A_scheduled_one_whose_base_has_moved_by_then_lapses_and_changes_nothing()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await DraftAsync(desk, Summer(desk));
        (await StepAsync(desk.Manager, id, 1, "publish", new { at = Soon() })).Is(200);
        await desk.AddAsync("Meanwhile");

        await PublishDueAsync(desk, id);

        var shown = (await desk.Manager.GetAsync($"change-sets/{id}")).Is(200);
        Assert.Equal("lapsed", shown.Text("status"));
        Assert.Contains("rulebook from version 0 to 1", shown.Text("outcome"), StringComparison.Ordinal);
        Assert.Equal(["Meanwhile"], await desk.NamesAsync("?at=2031-01-01T00:00:00Z"));
        (await desk.Manager.GetAsync($"schedules/{Hours}")).IsProblem(404, "not-found");
        (await StepAsync(desk.Manager, id, 3, "publish", new { })).IsProblem(409, "change-set-ended");
    }

    [Fact]
    public async Task What_validation_refuses_is_named_and_nothing_of_the_rest_is_applied()
    {
        var desk = await Desk.NewAsync(ledger);
        var draft = Summer(desk);
        draft["draft"]!["commands"]!.AsArray().Add(JsonNode.Parse("""{"kind": "block_caller", "caller": "911"}"""));
        var id = await DraftAsync(desk, draft);

        var refused = (await StepAsync(desk.Manager, id, 1, "publish", new { })).IsProblem(422, "invalid");

        Assert.Equal(
            "draft.commands[1].caller",
            Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Empty(await desk.NamesAsync());
        (await desk.Manager.GetAsync($"schedules/{Hours}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_withdrawn_one_stays_on_record_and_is_published_no_more()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await DraftAsync(desk, Summer(desk));
        (await StepAsync(desk.Manager, id, 1, "publish", new { at = Soon() })).Is(200);
        (await StepAsync(desk.Manager, id, 2, "?reason=later", null, HttpMethod.Delete)).Is(200);

        await PublishDueAsync(desk, id);

        Assert.Equal("withdrawn", (await desk.Manager.GetAsync($"change-sets/{id}")).Is(200).Text("status"));
        Assert.Single((await desk.Manager.GetAsync("change-sets?status=withdrawn")).Is(200).Items);
        Assert.Empty((await desk.Manager.GetAsync("change-sets?status=draft")).Is(200).Items);
        Assert.Empty(await desk.NamesAsync());
    }

    [Fact]
    public async Task Stale_missing_and_strangers_get_their_answers()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await DraftAsync(desk, Summer(desk));
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var auditor = await ledger.MemberAsync(desk.Company, Role.Auditor);

        (await StepAsync(stranger, id, 1, "publish", new { })).IsProblem(404, "not-found");
        (await stranger.GetAsync($"change-sets/{id}")).IsProblem(404, "not-found");
        (await auditor.GetAsync($"change-sets/{id}/versions")).Is(200);
        (await StepAsync(auditor, id, 1, "publish", new { })).Is(403);
        (await StepAsync(desk.Manager, id, 7, "publish", new { })).IsProblem(409, "stale-edit");
        (await desk.Manager.PostAsync($"change-sets/{id}/publish", new { })).IsProblem(428, "precondition-required");
        (await StepAsync(desk.Manager, id, 1, "publish", new { at = "2020-01-01T00:00:00Z" }))
            .IsProblem(422, "invalid");
        (await desk.Manager.PostAsync("change-sets", new { name = "none", draft = new { } })).IsProblem(422, "invalid");
        (await desk.Manager.PostAsync("change-sets", new { name = "none" })).IsProblem(400, "malformed");
    }

    /// <summary>A rule, and hours of New York.</summary>
    private static JsonObject Summer(Desk desk, string rule = "Sales", bool needsApproval = false)
    {
        var added = desk.Rule(rule);
        (added["id"], added["enabled"]) = (Guid.CreateVersion7().ToString(), true);
        return new()
        {
            ["name"] = "Summer",
            ["needsApproval"] = needsApproval,
            ["draft"] = new JsonObject
            {
                ["commands"] = new JsonArray(new JsonObject { ["kind"] = "add_rule", ["rule"] = added }),
                ["schedules"] = new JsonArray(new JsonObject
                {
                    ["scheduleId"] = Hours.ToString(),
                    ["terms"] = JsonSerializer.SerializeToNode(SchedulePlans.Office, LedgerJson.Options),
                }),
            },
        };
    }

    private static async Task<string> DraftAsync(Desk desk, JsonObject set) =>
        (await desk.Manager.PostAsync("change-sets", Desk.Json(set))).Is(201).Text("changeSetId");

    private static Task<Answer> StepAsync(
        Caller caller, string id, int version, string step, object? body = null, HttpMethod? method = null) =>
        caller.SendAsync(
            method ?? HttpMethod.Post, $"change-sets/{id}" + (step.StartsWith('?') || step == "" ? step : "/" + step),
            body, request => Assert.True(request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"")));

    /// <summary>Within what the clock publishes ahead, so that no test waits for it.</summary>
    private string Soon() => NodaTime.Text.InstantPattern.General.Format(
        ledger.Host.Services.GetRequiredService<IClock>().GetCurrentInstant() + Duration.FromSeconds(8));

    private async Task PublishDueAsync(Desk desk, string id)
    {
        var clock = ledger.Host.Services.GetRequiredService<ChangeSetClock>();
        await LedgerHost.UntilAsync(async () =>
        {
            await clock.PublishDueAsync(TestContext.Current.CancellationToken);
            return (await desk.Manager.GetAsync($"change-sets/{id}")).Is(200).Text("status") != "scheduled";
        });
    }

    private Task<List<string>> FactsAsync(Desk desk, string id) => ledger.RowsAsync(
        "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version", desk.Company,
        $"changeset/{id}");
}
