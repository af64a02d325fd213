using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Menus.MenuPlans;

namespace Thorbis.Ledger.Server.Tests.Menus;

[Collection<LedgerTests>]
public sealed class ChangeMenuTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_menu_is_listed_and_read_as_it_was_written()
    {
        var (company, manager) = await ledger.WithMenuAsync();

        var listed = Assert.Single((await manager.GetAsync("menus")).Is(200).Items);
        var read = (await manager.GetAsync("menus/main")).Is(200);

        Assert.Equal(("main", "Main", 2, 1, "inForce"), (
            listed.GetProperty("menuId").GetString(), listed.GetProperty("name").GetString(),
            listed.GetProperty("nodes").GetInt32(), listed.GetProperty("version").GetInt32(),
            listed.GetProperty("status").GetString()));
        Assert.Equal(("\"1\"", 1), (read.Headers.ETag?.Tag, read.Body.GetProperty("inForce").GetInt32()));
        Assert.True(JsonElement.DeepEquals(
            JsonSerializer.SerializeToElement(Body(Main)), read.Body.GetProperty("menu")));
        Assert.Equal(["menu_defined"], await ledger.MenuFactsAsync(company));
    }

    [Fact]
    public async Task What_is_read_is_taken_back_and_the_same_again_records_nothing()
    {
        var (company, manager) = await ledger.WithMenuAsync();
        var read = (await manager.GetAsync("menus/main")).Is(200).Body.GetProperty("menu");

        (await manager.PostAsync("menus", read)).Is(200);
        (await manager.PostAsync("menus", Body(Renamed))).IsProblem(409, "menu-exists");
        (await manager.ReviseAsync(1, Body(Renamed))).Is(200);
        (await manager.ReviseAsync(1, Body(Renamed))).Is(200);
        (await manager.RetireAsync(2)).Is(204);
        (await manager.RetireAsync(2)).Is(204);
        (await manager.RestoreAsync(3, new { version = 1 })).Is(200);
        (await manager.RestoreAsync(3, new { version = 1 })).Is(200);

        Assert.Equal(
            ["menu_defined", "menu_revised", "menu_retired", "menu_restored"],
            await ledger.MenuFactsAsync(company));
    }

    [Fact]
    public async Task A_change_names_the_version_it_edits_and_a_stale_one_is_refused_with_both()
    {
        var (company, manager) = await ledger.WithMenuAsync();

        (await manager.PutAsync("menus/main", Body(Renamed))).IsProblem(428, "precondition-required");
        (await manager.DeleteAsync("menus/main")).IsProblem(428, "precondition-required");
        (await manager.PostAsync("menus/main/restore", new { version = 1 })).IsProblem(428, "precondition-required");
        (await manager.ReviseAsync(1, Body(Renamed))).Is(200);
        var stale = (await manager.ReviseAsync(1, Body(Main with { Name = "Summer" }))).IsProblem(409, "stale-edit");
        (await manager.RetireAsync(1)).IsProblem(409, "stale-edit");
        (await manager.RestoreAsync(1, new { version = 1 })).IsProblem(409, "stale-edit");

        Assert.Equal((1, 2), (
            stale.Body.GetProperty("edited").GetInt32(), stale.Body.GetProperty("version").GetInt32()));
        Assert.Equal(["menu_defined", "menu_revised"], await ledger.MenuFactsAsync(company));
    }

    [Fact]
    public async Task A_retired_menu_can_be_asked_about_and_restored()
    {
        var (_, manager) = await ledger.WithMenuAsync();
        (await manager.ReviseAsync(1, Body(Renamed, ("reason", "spring")))).Is(200);
        (await manager.RetireAsync(2, "?reason=over")).Is(204);

        var retired = (await manager.GetAsync("menus/main")).Is(200);
        (await manager.PostAsync("menus/main/test", new { script = "1" })).IsProblem(409, "not-in-force");
        (await manager.GetAsync("menus/main/coverage")).IsProblem(409, "not-in-force");
        Assert.Empty((await manager.GetAsync("menus")).Is(200).Items);
        (await manager.RestoreAsync(3, new { version = 3 })).IsProblem(422, "invalid");
        (await manager.RestoreAsync(3, new { version = 1, reason = "as it was" })).Is(200);
        var versions = (await manager.GetAsync("menus/main/versions")).Is(200).Items;
        var second = (await manager.GetAsync("menus/main/versions/2")).Is(200).Body;

        Assert.Equal(("retired", false), (retired.Text("status"), retired.Body.TryGetProperty("menu", out _)));
        Assert.Equal(
            ["as it was", "over", "spring", ""],
            versions.Select(one => one.TryGetProperty("reason", out var reason) ? reason.GetString() : ""));
        Assert.Equal(("Spring", "spring"), (
            second.GetProperty("menu").GetProperty("name").GetString(),
            second.GetProperty("decided").GetProperty("reason").GetString()));
        Assert.False((await manager.GetAsync("menus/main/versions/3")).Is(200).Body.TryGetProperty("menu", out _));
        (await manager.GetAsync("menus/main/versions/5")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task What_is_planned_holds_from_its_instant_on_and_was_not_known_before()
    {
        var (_, manager) = await ledger.WithMenuAsync();
        var planned = Body(Renamed, ("effectiveAt", "2035-01-01T00:00:00Z"));
        (await manager.ReviseAsync(1, planned)).Is(200);
        var place = (await manager.GetAsync("menus/main/versions")).Items[1].GetProperty("sequence").GetInt64();

        var before = (await manager.GetAsync("menus/main?at=2034-12-31T23:59:59Z")).Is(200);
        var after = (await manager.GetAsync("menus/main?at=2034-12-31T19:00:00-05:00")).Is(200);
        var unknown = (await manager.GetAsync($"menus/main?at=2035-01-01T00:00:00Z&asKnownSeq={place}")).Is(200);

        Assert.Equal(("Main", "Spring", "Main"), (Name(before), Name(after), Name(unknown)));

        static string? Name(Answer answer) => answer.Body.GetProperty("menu").GetProperty("name").GetString();
    }

    [Fact]
    public async Task A_menu_that_something_names_is_not_retired()
    {
        var (company, manager) = await ledger.WithMenuAsync();
        var other = Main with { Id = "night", Name = "Night", Operator = new ToMenu("main") };
        (await manager.PostAsync("menus", Body(other))).Is(201);

        var refused = (await manager.RetireAsync(1)).IsProblem(409, "in-use");

        Assert.Contains("menu 'Night'", refused.Text("detail"));
        Assert.Equal(["menu_defined"], await ledger.MenuFactsAsync(company));
    }

    [Fact]
    public async Task What_a_menu_names_must_be_there()
    {
        var (_, manager) = await ledger.MenuCompanyAsync();
        foreach (var to in new Destination[] { new ToMember("nobody"), new ToQueue("none"), new ToMenu("none") })
        {
            var refused = (await manager.PostAsync("menus", Body(Main with { Operator = to })))
                .IsProblem(422, "invalid");

            Assert.StartsWith(
                "operator.", Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        }
    }

    [Fact]
    public async Task Menus_are_changed_by_owner_admin_and_manager_and_everybody_reads_and_tests_them()
    {
        var (company, _) = await ledger.WithMenuAsync();
        foreach (var (role, versions, changes) in new[]
        {
            (Role.Owner, 200, 200), (Role.Admin, 200, 200), (Role.Manager, 200, 200), (Role.Auditor, 200, 403),
            (Role.Billing, 403, 403), (Role.Member, 403, 403),
        })
        {
            var member = await ledger.MemberAsync(company, role);
            foreach (var path in new[] { "", "/main", "/main/coverage", "/main/walks?from=2026-01-01&to=2026-02-01" })
            {
                (await member.GetAsync("menus" + path)).Is(200);
            }
            (await member.PostAsync("menus/main/test", new { script = "" })).Is(200);
            (await member.GetAsync("menus/main/versions")).Is(versions);
            (await member.GetAsync("menus/main/versions/1")).Is(versions);
            (await member.PostAsync("menus", Body(Main))).Is(changes); // As it is already: nothing is recorded.
            (await member.ReviseAsync(1, Body(Main))).Is(changes);
            (await member.RestoreAsync(1, new { version = 1 })).Is(changes);
            (await member.RetireAsync(9)).Is(changes == 200 ? 409 : 403);
        }
    }

    [Fact]
    public async Task Another_companys_menu_is_not_there()
    {
        var (company, _) = await ledger.WithMenuAsync();
        var (_, stranger) = await ledger.MenuCompanyAsync();

        foreach (var path in new[]
        {
            "", "/versions", "/versions/1", "/coverage", "/walks?from=2026-01-01&to=2026-02-01",
        })
        {
            (await stranger.GetAsync("menus/main" + path)).IsProblem(404, "not-found");
        }
        (await stranger.PostAsync("menus/main/test", new { script = "" })).IsProblem(404, "not-found");
        (await stranger.ReviseAsync(1, Body(Renamed))).IsProblem(404, "not-found");
        (await stranger.RetireAsync(1)).IsProblem(404, "not-found");
        (await stranger.RestoreAsync(1, new { version = 1 })).IsProblem(404, "not-found");
        Assert.Equal(["menu_defined"], await ledger.MenuFactsAsync(company));
        (await stranger.PostAsync("menus", Body(Renamed))).Is(201); // Ids are each company's own.
    }

    [Fact]
    public async Task The_document_tells_the_kinds_and_the_limits()
    {
        using var client = ledger.Host.Server.CreateClient();
        var document = JsonDocument.Parse(await client.GetStringAsync(
            new Uri("http://localhost/openapi/v1.json"), TestContext.Current.CancellationToken)).RootElement;
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var fields = schemas.GetProperty("MenuRequest").GetProperty("properties");
        var action = schemas.GetProperty("MenuAction");
        var define = document.GetProperty("paths").GetProperty("/api/v1/menus").GetProperty("post");

        Assert.Equal((100, 1_000, 2_000), (
            fields.GetProperty("id").GetProperty("maxLength").GetInt32(),
            fields.GetProperty("nodes").GetProperty("maxItems").GetInt32(),
            schemas.GetProperty("TestMenuRequest").GetProperty("properties").GetProperty("script")
                .GetProperty("maxLength").GetInt32()));
        Assert.Equal("kind", action.GetProperty("discriminator").GetProperty("propertyName").GetString());
        Assert.Equal(
            ["hang_up", "operator", "play", "queue", "repeat", "submenu", "transfer", "voicemail"],
            action.GetProperty("discriminator").GetProperty("mapping").EnumerateObject().Select(kind => kind.Name)
                .Order(StringComparer.Ordinal));
        Assert.Contains("500", define.GetProperty("summary").GetString());
        Assert.Contains("2 MiB", define.GetProperty("description").GetString());
    }
}
