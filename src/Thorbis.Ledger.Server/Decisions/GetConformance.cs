using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>How far the incoming calls of a range went where the rules in force sent them.</summary>
public static class GetConformance
{
    /// <summary>Read at one go.</summary>
    private const int CallsMax = 250_000;

    public sealed record RangeAsk
    {
        [Description("First usage instant, with its offset.")]
        public string? From { get; init; }

        [Description("First usage instant that is out, with its offset; at most 400 days on.")]
        public string? To { get; init; }
    }

    /// <param name="Calls">Incoming ones that began in the range.</param>
    /// <param name="Share">Of the calls that can be told, those that agree: 0 to 1, six decimals; left out when none
    /// can.</param>
    /// <param name="DiffersBy">By cause.</param>
    /// <param name="CannotTellBy">By cause; by the fact that is wanting where the decision depends on one.</param>
    /// <param name="List">Of the calls that differ or cannot be told.</param>
    public sealed record ConformanceView(
        Instant From, Instant To, int Calls, int Agrees, int Differs, int CannotTell, decimal? Share,
        IReadOnlyList<CauseCount> DiffersBy, IReadOnlyList<CauseCount> CannotTellBy, string List);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/conformance", GetAsync)
        .Allow(Permissions.ReadDecisions).Recorded("conformance.read")
        .WithName("GetConformance")
        .WithSummary("Of the incoming calls of a range, how many went where the rules in force sent them.")
        .WithDescription($"At most {DecisionRange.DaysMax} days and {CallsMax} calls. Reading it is on record.")
        .WithTags("Decisions")
        .Produces<ConformanceView>().ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        [AsParameters] RangeAsk ask, HttpContext context, LedgerDatabase database, RoutingPasts pasts,
        CancellationToken stop)
    {
        var (range, why) = DecisionRange.Of(ask.From, ask.To);
        if (range is null)
        {
            return why!.ToProblem();
        }
        var company = Actor.Of(context.User).Company;
        return await database.ReadAsync(company, async connection =>
        {
            if (await RecordedCalls.CountAsync(connection, company, range, stop) is var calls and > CallsMax)
            {
                return Problems.Invalid("to", $"The range has {calls} calls; ask for at most {CallsMax}.");
            }
            var replay = new CallReplay(await pasts.ReadAsync(connection, company, null, stop));
            var tally = new ConformityTally();
            await RecordedCalls.EachAsync(connection, company, range, null, replay.Pass, row =>
            {
                tally.Add(replay.Check(replay.Decide(row.Call!), row.EndedAt));
                return ValueTask.FromResult(true);
            }, stop);
            return Results.Ok(View(range, tally, context.Request.QueryString.Value ?? ""));
        }, stop);
    }

    private static ConformanceView View(DecisionRange range, ConformityTally tally, string query)
    {
        var (differs, cannot) = (tally.Differs.Sum(by => by.Calls), tally.CannotTell.Sum(by => by.Calls));
        return new(
            range.From, range.To, tally.Calls, tally.Agrees, differs, cannot,
            Share.Of(tally.Agrees, tally.Agrees + differs), tally.Differs, tally.CannotTell,
            $"/api/v1/conformance/calls{query}");
    }
}
