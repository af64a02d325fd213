using System.ComponentModel;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.ChangeSets;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.ChangeSets;

/// <summary>Drafts, revises, approves and withdraws change sets. Each is one fact; the same again records
/// nothing.</summary>
public static class WriteChangeSet
{
    public static void Map(RouteGroupBuilder sets)
    {
        sets.MapPost("", DraftAsync).Allow(Permissions.ManageRules)
            .WithName("DraftChangeSet")
            .WithSummary($"Write several changes as one; at most {ChangeSet.OpenMax} are open at a time.")
            .Produces<ChangeSetChangedView>(201).Produces<ChangeSetChangedView>()
            .ProducesProblem(409).ProducesProblem(422);
        var set = sets.MapGroup("/{changeSetId:guid}");
        Declare(
            set.MapPut("", ReviseAsync), "ReviseChangeSet",
            "Write it anew, on what is there now; an approval counts no more, and a scheduled one is a draft again.");
        Declare(set.MapPost("/approve", ApproveAsync), "ApproveChangeSet", "By somebody who wrote none of it.");
        Declare(set.MapDelete("", WithdrawAsync), "WithdrawChangeSet", "Give it up; it stays on record.");
    }

    internal static void Declare(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .Allow(Permissions.ManageRules).NeedsVersion().WithName(name).WithSummary(summary)
        .Produces<ChangeSetChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static Task<IResult> DraftAsync(
        ChangeSetRequest request,
        [Description("An id of the caller's own, so that the request can be repeated; a new one when left out.")]
        Guid? changeSetId,
        HttpContext context, ConfigurationChanges changes, CancellationToken stop)
    {
        var id = changeSetId ?? Guid.CreateVersion7();
        return changes.ApplyAsync(
            context, ChangeSetSetup.StreamOf(id), "change set", new(request.Reason, null),
            scene => ChangeSetDecider.Draft(
                Find(scene, id), id, request.Terms, scene.History, scene.Change, scene.Now),
            changed => changed.Made
                ? Results.Created($"/api/v1/change-sets/{id}", View(id, changed))
                : Results.Ok(View(id, changed)),
            stop);
    }

    private static Task<IResult> ReviseAsync(
        Guid changeSetId, ChangeSetRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) => ChangeAsync(
        changeSetId, request.Reason, context, changes,
        (set, scene) => ChangeSetDecider.Revise(set, request.Terms, scene.History, scene.Change, scene.Now),
        ChangeSetStatus.Draft, stop);

    private static Task<IResult> ApproveAsync(
        Guid changeSetId, [Description("Why, at most 500 characters.")] string? reason, HttpContext context,
        ConfigurationChanges changes, CancellationToken stop) => ChangeAsync(
        changeSetId, reason, context, changes,
        (set, scene) => ChangeSetDecider.Approve(set, scene.Change, scene.Now), ChangeSetStatus.Draft, stop);

    private static Task<IResult> WithdrawAsync(
        Guid changeSetId, [Description("Why, at most 500 characters.")] string? reason, HttpContext context,
        ConfigurationChanges changes, CancellationToken stop) => ChangeAsync(
        changeSetId, reason, context, changes,
        (set, scene) => ChangeSetDecider.Withdraw(set, scene.Change, scene.Now), ChangeSetStatus.Withdrawn, stop);

    private static async Task<IResult> ChangeAsync(
        Guid changeSetId, string? reason, HttpContext context, ConfigurationChanges changes,
        Func<ChangeSet, Scene, Decision<ChangeSetFact>> decide, ChangeSetStatus status, CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? await changes.ApplyAsync(
            context, ChangeSetSetup.StreamOf(changeSetId), "change set", new(reason, null, version),
            scene => Find(scene, changeSetId) is { } set ? decide(set, scene) : null,
            changed => Results.Ok(new ChangeSetChangedView(changeSetId, changed.Version, status)), stop);

    private static ChangeSet? Find(Scene scene, Guid id) => scene.History.ChangeSets.GetValueOrDefault($"{id}");

    private static ChangeSetChangedView View(Guid id, Changed changed) =>
        new(id, changed.Version, ChangeSetStatus.Draft);
}
