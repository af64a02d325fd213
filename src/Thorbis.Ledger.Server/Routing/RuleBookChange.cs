using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Routing;

/// <summary>Carries out one command on the rule book.</summary>
internal static class RuleBookChange
{
    /// <summary>Of a book whose version need not have been seen.</summary>
    public static Task<IResult> ApplyAsync(
        HttpContext context, ConfigurationChanges changes, RuleBookCommand command, Edit edit,
        Func<Changed, IResult> answer, CancellationToken stop) => changes.ApplyAsync<RuleBookFact>(
        context, ConfigurationHistory.BookStream, What(command), edit,
        scene => RuleBookDecider.Decide(scene.History.Book, command, scene.Change, scene.Inventory, scene.Now)
            is var decided && decided is Refused<RuleBookFact> { Why.Code: "rule-unknown" or "queue-unknown" }
                ? null
                : decided,
        answer, stop);

    /// <summary>Of the version that <c>If-Match</c> names.</summary>
    public static async Task<IResult> ReviseAsync(
        HttpContext context, ConfigurationChanges changes, RuleBookCommand command, Edit edit,
        CancellationToken stop, Guid? ruleId = null) =>
        VersionTag.Refuse(context.Request, out var version) ?? await ApplyAsync(
            context, changes, command, edit with { Version = version },
            changed => Results.Ok(new RuleBookChangedView(changed.Version, ruleId)), stop);

    /// <summary>The same of a change without a body.</summary>
    public static async Task<IResult> ReviseAsync(
        HttpContext context, ConfigurationChanges changes, RuleBookCommand command, QueryEdit query,
        CancellationToken stop, Guid? ruleId = null) =>
        query.Refuse(null, out var edit) ?? await ReviseAsync(context, changes, command, edit, stop, ruleId);

    private static string What(RuleBookCommand command) => command is QueueCommand ? "queue" : "rule";
}
