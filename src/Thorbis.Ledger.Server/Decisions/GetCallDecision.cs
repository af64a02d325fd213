using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>What the configuration in force decided on a call, against what happened.</summary>
public static class GetCallDecision
{
    private const string Now = "now";

    /// <param name="AsKnownAt">What was recorded later does not count.</param>
    /// <param name="Cause">Why it differs or cannot be told.</param>
    /// <param name="Why">The same in words.</param>
    /// <param name="ChangedAt">When the change came into force that explains a difference.</param>
    public sealed record CallDecisionView(
        string CallId, Instant AsKnownAt, Verdict Verdict, ConformityCause? Cause, string? Why, Instant? ChangedAt,
        SituationView Known, DecisionView Decision, HappenedView Happened);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/calls/{id}/decision", GetAsync)
        .Allow(Permissions.ReadDecisions).Recorded("decision.read")
        .WithName("GetCallDecision")
        .WithSummary("What the configuration in force when a call began decides on it, against what happened.")
        .WithDescription("Reading it is on record.")
        .WithTags("Decisions")
        .Produces<CallDecisionView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        [Description("The call's id, as lists show it.")] string id,
        [Description("An instant with its offset, or now; the instant of the call when left out.")] string? asKnownAt,
        ClaimsPrincipal user, LedgerDatabase database, RoutingPasts pasts, IClock clock, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var known = string.IsNullOrEmpty(asKnownAt) ? null
            : asKnownAt == Now ? clock.GetCurrentInstant() : AskedTime.ParseInstant(asKnownAt);
        if (known is null && !string.IsNullOrEmpty(asKnownAt))
        {
            return Problems.Invalid("asKnownAt", $"{AskedTime.InstantExpected} Or write now.");
        }
        var found = await database.ReadAsync(
            company, connection => ReadAsync(connection, company, id, known, pasts, stop), stop);
        if (found is not var (row, past, around))
        {
            return Problems.NotFound("call");
        }
        return row.Call is null
            ? Problems.Of(409, "call-start-unknown", "It cannot be told yet.", "The start of the call is not known.")
            : Results.Ok(View(
                row, past, around, known, await pasts.NamesAsync(company, past.History, stop)));
    }

    private static async Task<(RecordedRow, RoutingPast, List<RecordedRow>)?> ReadAsync(
        NpgsqlConnection connection, string company, string id, Instant? known, RoutingPasts pasts,
        CancellationToken stop) =>
        await RecordedCalls.FindAsync(connection, company, id, stop) is { } row
            ? (row, await pasts.ReadAsync(connection, company, known, stop),
                await RecordedCalls.AroundAsync(connection, company, row, stop))
            : null;

    private static CallDecisionView View(
        RecordedRow row, RoutingPast past, List<RecordedRow> around, Instant? known, Func<string, string> nameOf)
    {
        var replay = new CallReplay(past);
        around.Select(other => other.Call).OfType<RecordedCall>().ToList().ForEach(replay.Pass);
        var replayed = replay.Decide(row.Call!);
        var conformity = replay.Check(replayed, row.EndedAt);
        var configuration = replayed.Span.Configuration;
        return new(
            row.CallId, known ?? replayed.Situation.At, conformity.Verdict, conformity.Cause,
            ConformityWords.Of(conformity, new(configuration, nameOf)), conformity.ChangedAt,
            SituationView.Of(replayed.Situation), DecisionView.Of(replayed.Decision, configuration, nameOf),
            HappenedView.Of(row.Call!.What, configuration, row.EndedAt));
    }
}
