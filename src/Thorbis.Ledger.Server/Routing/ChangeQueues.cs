using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Routing;

/// <summary>Adds, revises and removes queues: facts of the rule book.</summary>
public static class ChangeQueues
{
    public static void Map(RouteGroupBuilder book)
    {
        var queue = book.MapGroup("/queues/{queueId:maxlength(100)}");
        ChangeRules.Declare(
            queue.MapPost("", AddAsync), "AddQueue",
            $"Add a queue under an id of one's own; at most {RuleBook.QueuesMax}.")
            .Produces<RuleBookChangedView>(201);
        ChangeRules.Declare(queue.MapPut("", ReviseAsync), "ReviseQueue", "Change a queue, whole.").NeedsVersion();
        ChangeRules.Declare(
            queue.MapDelete("", RemoveAsync), "RemoveQueue", "Remove a queue that nothing names any more.")
            .NeedsVersion();
    }

    private static Task<IResult> AddAsync(
        string queueId, QueueRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) => RuleBookChange.ApplyAsync(
        context, changes, new AddQueue(request.Of(queueId)), new(request.Reason, request.EffectiveAt),
        changed => changed.Made
            ? Results.Created("/api/v1/rulebook", new RuleBookChangedView(changed.Version))
            : Results.Ok(new RuleBookChangedView(changed.Version)),
        stop);

    private static Task<IResult> ReviseAsync(
        string queueId, QueueRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) => RuleBookChange.ReviseAsync(
        context, changes, new ReviseQueue(request.Of(queueId)), new Edit(request.Reason, request.EffectiveAt), stop);

    private static Task<IResult> RemoveAsync(
        string queueId, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        RuleBookChange.ReviseAsync(context, changes, new RemoveQueue(queueId), query, stop);
}
