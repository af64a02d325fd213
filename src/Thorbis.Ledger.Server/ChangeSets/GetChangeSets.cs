using System.ComponentModel;
using Thorbis.Ledger.Domain.ChangeSets;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.ChangeSets;

/// <summary>Change sets, what became of them, and what has moved under those that are open.</summary>
public static class GetChangeSets
{
    public static void Map(RouteGroupBuilder sets)
    {
        sets.MapGet("", ListAsync).Allow(Permissions.ReadScheduleVersions)
            .WithName("GetChangeSets").WithSummary("Change sets by id, the newest first.")
            .Produces<Page<ChangeSetView>>().ProducesProblem(422);
        sets.MapGet("/{changeSetId:guid}", GetAsync).Allow(Permissions.ReadScheduleVersions)
            .WithName("GetChangeSet").WithSummary("One change set; its ETag is for If-Match.")
            .Produces<ChangeSetView>().ProducesProblem(404);
        sets.MapGet("/{changeSetId:guid}/versions", (
                Guid changeSetId, [AsParameters] PageAsk ask, HttpContext context, ConfigurationReading reading,
                CancellationToken stop) => ConfigurationVersions.ListAsync(
                reading, context, ask, ChangeSetSetup.StreamOf(changeSetId), "change set", stop))
            .DeclareVersions(Permissions.ReadScheduleVersions, "GetChangeSetVersions", "a change set");
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageAsk ask,
        [Description("Only those that are so: draft, scheduled, published, lapsed or withdrawn.")] string? status,
        HttpContext context, ConfigurationReading reading, CancellationToken stop)
    {
        if (PageRequest.RefuseById(ask.Cursor, ask.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        if (!Enum.TryParse<ChangeSetStatus>(status, ignoreCase: true, out var only) && !string.IsNullOrEmpty(status))
        {
            return Problems.Invalid("status", "It is draft, scheduled, published, lapsed or withdrawn.");
        }
        var history = await reading.ReadAsync(context.User, stop);
        var sets = history.ChangeSets.Values
            .Where(set => string.IsNullOrEmpty(status) || set.Status == only)
            .Where(set => after == Guid.Empty || set.Id < after)
            .OrderByDescending(set => set.Id).Take(size + 1).Select(set => ChangeSetView.Of(set, history));
        return Results.Ok(Page.Of(sets.ToList(), size, set => [$"{set.ChangeSetId}"]));
    }

    private static async Task<IResult> GetAsync(
        Guid changeSetId, HttpContext context, ConfigurationReading reading, CancellationToken stop)
    {
        var history = await reading.ReadAsync(context.User, stop);
        if (!history.ChangeSets.TryGetValue($"{changeSetId}", out var set))
        {
            return Problems.NotFound("change set");
        }
        VersionTag.Write(context.Response, set.Version);
        return Results.Ok(ChangeSetView.Of(set, history));
    }
}
