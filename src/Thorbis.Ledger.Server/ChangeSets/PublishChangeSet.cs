using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.ChangeSets;

/// <summary>Publishes a change set: at once, or at an instant to come.</summary>
public static class PublishChangeSet
{
    public static void Map(RouteGroupBuilder sets) => WriteChangeSet.Declare(
        sets.MapPost("/{changeSetId:guid}/publish", PublishAsync), "PublishChangeSet",
        "All of it or nothing, at once or at an instant; not over what was changed since it was written.");

    private static async Task<IResult> PublishAsync(
        Guid changeSetId, PublishRequest request, HttpContext context, ChangeSetPublisher publisher,
        CancellationToken stop)
    {
        if (VersionTag.Refuse(context.Request, out var version) is { } problem)
        {
            return problem;
        }
        var change = ConfigurationChanges.ChangeOf(context, new(request.Reason, null, version));
        var done = await publisher.PublishAsync(
            Actor.Of(context.User).Company, changeSetId, request.At, change, stop);
        switch (done)
        {
            case null:
                return Problems.NotFound("change set");
            case { Refused: { Code: Refusal.StaleEdit } stale }:
                return Problems.StaleEdit(stale.Detail, version, done.Set.Version);
            case { Refused: { Field: "effectiveAt" } time }:
                return Problems.Invalid("at", time.Detail);
            case { Refused: { Field: not null } field }:
                return Problems.Invalid(
                    field.Field.Length > 0 ? $"draft.{field.Field}" : "draft", field.Detail);
            case { Refused: { } refused }:
                return refused.ToProblem();
        }
        VersionTag.Write(context.Response, done.Set.Version);
        return Results.Ok(new ChangeSetChangedView(changeSetId, done.Set.Version, done.Set.Status, done.Facts));
    }
}
