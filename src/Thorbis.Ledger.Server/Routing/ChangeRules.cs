using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Routing;

/// <summary>Adds, revises, copies, switches, moves, removes and restores rules. Each is one fact of the rule book; the
/// same command again records nothing.</summary>
public static class ChangeRules
{
    /// <param name="CopyId">An id of the caller's own, so that the request can be repeated.</param>
    public sealed record DuplicateRequest(
        [property: MinLength(1), MaxLength(100)] string Name, Guid? CopyId = null,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null, Instant? EffectiveAt = null);

    /// <param name="Place">From 1 on.</param>
    public sealed record MoveRequest(
        [property: Range(1, RuleBook.RulesMax)] int Place,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null, Instant? EffectiveAt = null);

    /// <param name="Place">From 1 on; the last when left out.</param>
    public sealed record RestoreRequest(
        [property: Range(1, RuleBook.RulesMax)] int? Place = null,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null, Instant? EffectiveAt = null);

    public static void Map(RouteGroupBuilder book)
    {
        var rules = book.MapGroup("/rules");
        Declare(
            rules.MapPost("", AddAsync), "AddRule",
            $"Add a rule; at most {RuleBook.RulesMax}. Without a version: it is taken whatever changed meanwhile.")
            .Produces<RuleBookChangedView>(201);
        Declare(rules.MapPut("/{ruleId:guid}", ReviseAsync), "ReviseRule", "Change a rule, whole.").NeedsVersion();
        Declare(
            rules.MapPost("/{ruleId:guid}/duplicate", DuplicateAsync), "DuplicateRule",
            "Copy a rule; the copy comes right behind it, switched off.").NeedsVersion();
        Declare(
            rules.MapPost("/{ruleId:guid}/enable", EnableAsync), "EnableRule", "Switch a rule on.").NeedsVersion();
        Declare(
            rules.MapPost("/{ruleId:guid}/disable", DisableAsync), "DisableRule", "Switch a rule off.").NeedsVersion();
        Declare(
            rules.MapPost("/{ruleId:guid}/move", MoveAsync), "MoveRule", "Give a rule another place.").NeedsVersion();
        Declare(
            rules.MapDelete("/{ruleId:guid}", RemoveAsync), "RemoveRule", "Remove a rule; it can be restored.")
            .NeedsVersion();
        Declare(
            rules.MapPost("/{ruleId:guid}/restore", RestoreAsync), "RestoreRule", "Bring a removed rule back.")
            .NeedsVersion();
    }

    internal static RouteHandlerBuilder Declare(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .Allow(Permissions.ManageRules).WithName(name).WithSummary(summary)
        .Produces<RuleBookChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static Task<IResult> AddAsync(
        RuleRequest request,
        [Description("An id of the caller's own, so that the request can be repeated; a new one when left out.")]
        Guid? ruleId,
        HttpContext context, ConfigurationChanges changes, CancellationToken stop)
    {
        var id = ruleId ?? Guid.CreateVersion7();
        return RuleBookChange.ApplyAsync(
            context, changes, new AddRule(request.Of(id), request.Place), new(request.Reason, request.EffectiveAt),
            changed => changed.Made
                ? Results.Created($"/api/v1/rulebook/rules/{id}", new RuleBookChangedView(changed.Version, id))
                : Results.Ok(new RuleBookChangedView(changed.Version, id)),
            stop);
    }

    private static Task<IResult> ReviseAsync(
        Guid ruleId, RuleRequest request, HttpContext context, ConfigurationChanges changes, CancellationToken stop) =>
        RuleBookChange.ReviseAsync(
            context, changes, new ReviseRule(request.Of(ruleId)), new Edit(request.Reason, request.EffectiveAt), stop,
            ruleId);

    private static Task<IResult> DuplicateAsync(
        Guid ruleId, DuplicateRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop)
    {
        var copy = request.CopyId ?? Guid.CreateVersion7();
        return RuleBookChange.ReviseAsync(
            context, changes, new DuplicateRule(ruleId, copy, request.Name),
            new Edit(request.Reason, request.EffectiveAt), stop, copy);
    }

    private static Task<IResult> EnableAsync(
        Guid ruleId, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        RuleBookChange.ReviseAsync(context, changes, new EnableRule(ruleId), query, stop, ruleId);

    private static Task<IResult> DisableAsync(
        Guid ruleId, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        RuleBookChange.ReviseAsync(context, changes, new DisableRule(ruleId), query, stop, ruleId);

    private static Task<IResult> MoveAsync(
        Guid ruleId, MoveRequest request, HttpContext context, ConfigurationChanges changes, CancellationToken stop) =>
        RuleBookChange.ReviseAsync(
            context, changes, new MoveRule(ruleId, request.Place), new Edit(request.Reason, request.EffectiveAt), stop,
            ruleId);

    private static Task<IResult> RemoveAsync(
        Guid ruleId, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        RuleBookChange.ReviseAsync(context, changes, new RemoveRule(ruleId), query, stop, ruleId);

    private static Task<IResult> RestoreAsync(
        Guid ruleId, RestoreRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) => RuleBookChange.ReviseAsync(
        context, changes, new RestoreRule(ruleId, request.Place), new Edit(request.Reason, request.EffectiveAt), stop,
        ruleId);
}
