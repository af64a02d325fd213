using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Routing;

/// <summary>Blocks callers, sets where calls go that nothing took, and restores former books.</summary>
public static class ChangeRuleBook
{
    /// <param name="To">Null hangs such calls up; it is not left out, so that nobody hangs up by mistake.</param>
    public sealed record DefaultRequest(
        Destination? To, [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
        Instant? EffectiveAt = null);

    /// <param name="Version">The former version; 0 is the empty book.</param>
    public sealed record RestoreRequest(
        [property: Range(0, int.MaxValue)] int Version,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null, Instant? EffectiveAt = null);

    public static void Map(RouteGroupBuilder book)
    {
        ChangeRules.Declare(
            book.MapPut("/blocked/{caller:maxlength(100)}", BlockAsync), "BlockCaller",
            $"Reject a caller's calls before any rule is looked at; at most {RuleBook.BlockedMax} callers.");
        ChangeRules.Declare(
            book.MapDelete("/blocked/{caller:maxlength(100)}", UnblockAsync), "UnblockCaller",
            "Let a caller's calls through to the rules again.");
        ChangeRules.Declare(
            book.MapPut("/default", SetDefaultAsync), "SetDefaultDestination",
            "Where calls go that no rule applies to, or that nothing else could take.").NeedsVersion();
        ChangeRules.Declare(
            book.MapPost("/restore", RestoreAsync), "RestoreRuleBook",
            "Make the whole book what it was after a former version, as a new one.").NeedsVersion();
    }

    private static Task<IResult> BlockAsync(
        string caller, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) => CallerAsync(new BlockCaller(caller), query, context, changes, stop);

    private static Task<IResult> UnblockAsync(
        string caller, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) => CallerAsync(new UnblockCaller(caller), query, context, changes, stop);

    /// <summary>A list of callers has no order and no fields: whoever comes last is right.</summary>
    private static async Task<IResult> CallerAsync(
        RuleBookCommand command, QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) => query.Refuse(null, out var edit) ?? await RuleBookChange.ApplyAsync(
        context, changes, command, edit, changed => Results.Ok(new RuleBookChangedView(changed.Version)), stop);

    private static Task<IResult> SetDefaultAsync(
        DefaultRequest request, HttpContext context, ConfigurationChanges changes, CancellationToken stop) =>
        RuleBookChange.ReviseAsync(
            context, changes, new SetDefaultDestination(request.To), new Edit(request.Reason, request.EffectiveAt),
            stop);

    private static Task<IResult> RestoreAsync(
        RestoreRequest request, HttpContext context, ConfigurationChanges changes, CancellationToken stop) =>
        RuleBookChange.ReviseAsync(
            context, changes, new RestoreBook(request.Version), new Edit(request.Reason, request.EffectiveAt), stop);
}
