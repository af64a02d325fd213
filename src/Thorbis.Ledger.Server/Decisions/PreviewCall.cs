using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>Decides on one imagined call by the present configuration and by a draft, side by side.</summary>
public static class PreviewCall
{
    /// <param name="Draft">The present one when left out.</param>
    public sealed record PreviewRequest(ImaginedCall Call, ConfigurationDraft? Draft = null);

    /// <param name="Present">By what is in force now, or at the call's instant where that comes later.</param>
    /// <param name="Moves">From the one to the other.</param>
    /// <param name="Because">What is not known and decides on that, in words.</param>
    public sealed record PreviewView(
        SituationView Call, DecisionView Present, DecisionView Draft, Moved Moves, IReadOnlyList<string> Because);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/preview", PostAsync)
        .Allow(Permissions.ReadDecisions).Recorded("preview.read")
        .WithName("PreviewCall")
        .WithSummary("Where an imagined call goes, under the present configuration and under a draft of another.")
        .WithDescription($"Changes nothing. A draft has at most {ConfigurationDraft.CommandsMax} commands.")
        .WithTags("Decisions")
        .Produces<PreviewView>().ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        PreviewRequest request, HttpContext context, Drafts drafts, CancellationToken stop)
    {
        var scene = await drafts.OpenAsync(context, asKnownNow: true, stop);
        var (call, refused) = request.Call.Read(scene.Now);
        if (call is null)
        {
            return refused!.ToProblem();
        }
        var (history, refusal) = scene.With(request.Draft);
        if (history is null)
        {
            return refusal!.ToProblem();
        }
        var at = Instant.Max(scene.Now, call.At);
        var present = scene.Past.At(at);
        var draft = scene.Past.Compile(history.InForce(at, scene.Past.Zones), at);
        var situation = request.Call.Complete(call, scene.Past, [present, draft]);
        return Results.Ok(View(situation, (present, scene.NameOf), (draft, scene.NamesIn(history))));
    }

    private static PreviewView View(
        CallSituation call, (RoutingSpan Span, Func<string, string> NameOf) present,
        (RoutingSpan Span, Func<string, string> NameOf) draft)
    {
        var (before, after) = (present.Span.Router.Decide(call), draft.Span.Router.Decide(call));
        var comparison = RouteComparison.Of(before, after);
        return new(
            SituationView.Of(call), DecisionView.Of(before, present.Span.Configuration, present.NameOf),
            DecisionView.Of(after, draft.Span.Configuration, draft.NameOf), comparison.Moved,
            DecisionView.Words(new(draft.Span.Configuration, draft.NameOf), comparison.Because));
    }
}
