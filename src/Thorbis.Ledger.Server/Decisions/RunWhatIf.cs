using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>Sends the incoming calls of a range through a draft, or a former version of the rule book.</summary>
public static class RunWhatIf
{
    public const string Lines = "application/x-ndjson";

    /// <param name="From">First usage instant, with its offset.</param>
    /// <param name="To">First usage instant that is out, with its offset; at most 400 days on.</param>
    /// <param name="Draft">As if it had been in force all the time; the present configuration when left out.</param>
    /// <param name="Against">What it is compared with: what was in force at each call, or what is now.</param>
    /// <param name="MovedOnly">Leaves out the rows of calls that stay where they are.</param>
    public sealed record WhatIfRequest(
        string From, string To, ConfigurationDraft? Draft = null, Baseline Against = Baseline.Then,
        bool MovedOnly = false);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/what-if", PostAsync)
        .Allow(Permissions.ReadDecisions)
        .WithName("RunWhatIf")
        .WithSummary("Where the incoming calls of a range would have gone under a draft or a former rule book.")
        .WithDescription(
            $"Changes nothing; running it is on record. With Accept: {Lines} one object a line, progress at least "
            + "every second; else a JSON array of the same without progress. The last object is the totals: an "
            + $"answer without them broke off. At most {DecisionRange.DaysMax} days.")
        .WithTags("Decisions")
        .Produces<IReadOnlyList<WhatIfLine>>(200, "application/json", Lines).ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        WhatIfRequest request, HttpContext context, Drafts drafts, LedgerDatabase database, AccessLog log,
        CancellationToken stop)
    {
        var (range, why) = DecisionRange.Of(request.From, request.To);
        if (range is null)
        {
            return why!.ToProblem();
        }
        var scene = await drafts.OpenAsync(context, asKnownNow: false, stop);
        var (history, refusal) = scene.With(request.Draft);
        if (history is null)
        {
            return refusal!.ToProblem();
        }
        var draft = scene.Past.Compile(history.InForce(scene.Now, scene.Past.Zones), scene.Now);
        var present = request.Against == Baseline.Now ? scene.Past.At(scene.Now) : null;
        using var writer = new LineWriter(context.Response.BodyWriter, Accepts(context));
        var run = new WhatIfRun(
            new(scene.Past, draft, present), draft.Configuration,
            new(draft.Configuration, scene.NamesIn(history)), scene.NameOf, range, writer, request.MovedOnly);
        context.Response.ContentType = Accepts(context) ? Lines : "application/json";
        await SendAsync(run, context, database, log, $"{range.From} to {range.To}", stop);
        return Results.Empty;
    }

    /// <summary>A failure on the way breaks the connection off, so that a part never passes for all.</summary>
    private static async Task SendAsync(
        WhatIfRun run, HttpContext context, LedgerDatabase database, AccessLog log, string asked,
        CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        AccessEntry Entry(string action) =>
            log.Entry(actor.Company, actor.Id, action, asked) with { Address = ClientAddress.Of(context) };
        await log.RecordAsync(Entry("what-if.begun"), stop);
        var outcome = "broken";
        try
        {
            await database.ReadAsync(actor.Company, connection => run.RunAsync(connection, actor.Company, stop), stop);
            outcome = "ended";
        }
        finally
        {
            // Who leaves in the middle has seen that much.
            await log.RecordAsync(Entry($"what-if.{outcome}") with { Rows = run.Done }, CancellationToken.None);
        }
    }

    private static bool Accepts(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains(Lines, StringComparison.OrdinalIgnoreCase);
}
