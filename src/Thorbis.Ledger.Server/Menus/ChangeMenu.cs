using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Menus;

/// <summary>Defines, revises, retires and restores menus. Each is one fact; the same command again records
/// nothing.</summary>
public static class ChangeMenu
{
    internal const string Limits = "1 to 1000 nodes, the body at most 2 MiB.";

    /// <summary>1,000 nodes with a kilobyte of text each, and their keys.</summary>
    internal static readonly RequestSizeLimitAttribute BodyMax = new(2 << 20);

    /// <param name="Id">Letters, digits, hyphens, dots and underscores.</param>
    /// <param name="Entry">Id of the node where callers begin.</param>
    /// <param name="Operator">Where the action <c>operator</c> leads; left out when no node has it.</param>
    public sealed record MenuRequest(
        [property: MinLength(1), MaxLength(100)] string Id,
        [property: MinLength(1), MaxLength(100)] string Name,
        string Entry,
        [property: MinLength(1), MaxLength(Menu.NodesMax)] IReadOnlyList<MenuNode> Nodes,
        Destination? Operator = null,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
        [property: Description("From when on it is in force, within ten years; now when left out.")]
        Instant? EffectiveAt = null)
    {
        internal Menu Menu => new(Id, Name, Entry, Nodes, Operator);
    }

    /// <param name="Version">That the menu shall be as again: of its versions, from 1 on.</param>
    public sealed record RestoreMenuRequest(
        [property: Range(1, int.MaxValue)] int Version,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null, Instant? EffectiveAt = null);

    /// <param name="Version">For the <c>If-Match</c> of the next change; also the <c>ETag</c>.</param>
    public sealed record MenuChangedView(string MenuId, int Version);

    public static void Map(RouteGroupBuilder api)
    {
        var menus = api.MapGroup("/menus").WithTags("Menus");
        menus.MapPost("", PostAsync).Allow(Permissions.ManageMenus).WithMetadata(BodyMax)
            .WithName("DefineMenu").WithSummary("Define a voice menu; at most 500 of a company.")
            .WithDescription(Limits).Produces<MenuChangedView>(201).Produces<MenuChangedView>()
            .ProducesProblem(409).ProducesProblem(422);
        menus.MapPut("/{menuId}", PutAsync).Allow(Permissions.ManageMenus).WithMetadata(BodyMax).NeedsVersion()
            .WithName("ReviseMenu").WithSummary("Change a menu, whole; a stale edit is refused.")
            .WithDescription(Limits).Produces<MenuChangedView>()
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        menus.MapDelete("/{menuId}", DeleteAsync).Allow(Permissions.ManageMenus).NeedsVersion()
            .WithName("RetireMenu").WithSummary("Send nobody there any more; refused while something names it.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        menus.MapPost("/{menuId}/restore", RestoreAsync).Allow(Permissions.ManageMenus).NeedsVersion()
            .WithName("RestoreMenu").WithSummary("Make a menu as a former version of it was.")
            .Produces<MenuChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static Task<IResult> PostAsync(
        MenuRequest request, HttpContext context, ConfigurationChanges changes, CancellationToken stop) =>
        ChangeAsync(
            request.Id, new(request.Reason, request.EffectiveAt), context, changes,
            (menu, others, scene) => MenuDecider.Define(
                menu, request.Menu, scene.Change, others, Queues(scene), scene.Inventory, scene.Now),
            changed => changed.Made
                ? Results.Created($"/api/v1/menus/{request.Id}", new MenuChangedView(request.Id, changed.Version))
                : Results.Ok(new MenuChangedView(request.Id, changed.Version)),
            stop);

    private static async Task<IResult> PutAsync(
        string menuId, MenuRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version)
        ?? (request.Id == menuId ? null : Problems.Invalid("id", $"The menu is '{menuId}'; an id is for good."))
        ?? await ChangeAsync(
            menuId, new(request.Reason, request.EffectiveAt, version), context, changes,
            (menu, others, scene) => menu.Version == 0 ? null : MenuDecider.Set(
                menu, request.Menu, scene.Change, others, Queues(scene), scene.Inventory, scene.Now),
            changed => Results.Ok(new MenuChangedView(menuId, changed.Version)), stop);

    private static async Task<IResult> DeleteAsync(
        string menuId, [Description("Why, at most 500 characters.")] string? reason,
        [Description("When it ends, with its offset; now when left out.")] string? effectiveAt,
        HttpContext context, ConfigurationChanges changes, CancellationToken stop)
    {
        var from = string.IsNullOrEmpty(effectiveAt) ? null : AskedTime.ParseInstant(effectiveAt);
        if (from is null && !string.IsNullOrEmpty(effectiveAt))
        {
            return Problems.Invalid("effectiveAt", AskedTime.InstantExpected);
        }
        return VersionTag.Refuse(context.Request, out var version) ?? await ChangeAsync(
            menuId, new(reason, from, version), context, changes,
            (menu, _, scene) => menu.Version == 0 ? null : MenuDecider.Retire(
                menu, scene.Change, scene.References, scene.Now),
            _ => Results.NoContent(), stop);
    }

    private static async Task<IResult> RestoreAsync(
        string menuId, RestoreMenuRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? await ChangeAsync(
            menuId, new(request.Reason, request.EffectiveAt, version), context, changes,
            (menu, others, scene) => menu.Version == 0 ? null : MenuDecider.Restore(
                menu, request.Version, scene.Change, others, Queues(scene), scene.Inventory, scene.Now),
            changed => Results.Ok(new MenuChangedView(menuId, changed.Version)), stop);

    /// <param name="decide">On the menu as it is and how many others there are; a decision of null for no such
    /// menu.</param>
    private static Task<IResult> ChangeAsync(
        string menuId, Edit edit, HttpContext context, ConfigurationChanges changes,
        Func<MenuHistory, int, Scene, Decision<MenuFact>?> decide, Func<Changed, IResult> answer,
        CancellationToken stop) => changes.ApplyAsync(
        context, MenuSetup.StreamOf(menuId), "menu", edit,
        scene => decide(
            scene.History.Menus.GetValueOrDefault(menuId) ?? MenuHistory.Empty,
            scene.History.Menus.Count(menu => menu.Key != menuId && !menu.Value.EndedBy(scene.From)), scene),
        answer, stop);

    private static string[] Queues(Scene scene) =>
        [.. scene.History.BookAt(scene.From).Queues.Select(queue => queue.Id)];
}
