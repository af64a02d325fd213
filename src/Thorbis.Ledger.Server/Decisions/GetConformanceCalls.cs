using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>The calls of a range that did not go where the rules in force sent them, or of which that cannot be
/// told.</summary>
public static class GetConformanceCalls
{
    /// <summary>Looked at for one page, which may so have fewer rows than it could.</summary>
    private const int CallsPerPage = 20_000;

    /// <param name="Why">In words.</param>
    /// <param name="GoesTo">Where the rules send it, in words.</param>
    /// <param name="Decision">Where the whole trace is.</param>
    public sealed record ConformanceCall(
        string CallId, Instant At, Verdict Verdict, ConformityCause? Cause, string? Why, string GoesTo,
        string Decision);

    public sealed record ListAsk
    {
        [Description("First usage instant, with its offset.")]
        public string? From { get; init; }

        [Description("First usage instant that is out, with its offset; at most 400 days on.")]
        public string? To { get; init; }

        [Description("differs or cannotTell; both when left out.")]
        public string? Verdict { get; init; }
    }

    public static void Map(RouteGroupBuilder api) => api.MapGet("/conformance/calls", GetAsync)
        .Allow(Permissions.ReadDecisions)
        .Recorded("conformance.read", (Page<ConformanceCall> page) => page.Items.Count)
        .WithName("GetConformanceCalls")
        .WithSummary("The calls of a range that differ or cannot be told, in the order of their begin.")
        .WithDescription(
            $"For a page at most {CallsPerPage} calls are looked at: one with few rows, or none, may have a next.")
        .WithTags("Decisions")
        .Produces<Page<ConformanceCall>>().ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        [AsParameters] ListAsk ask, [AsParameters] PageAsk page, ClaimsPrincipal user, LedgerDatabase database,
        RoutingPasts pasts, CancellationToken stop)
    {
        var (range, why) = DecisionRange.Of(ask.From, ask.To);
        if (range is null)
        {
            return why!.ToProblem();
        }
        if (!Cursor.TryLimit(page.Limit, out var limit))
        {
            return Problems.Invalid("limit", $"Expected 1 to {Cursor.MaxLimit}.");
        }
        if (!TryPosition(page.Cursor, out var after))
        {
            return Problems.Invalid("cursor", "Not a cursor of this list: repeat the next of the page before.");
        }
        if (ask.Verdict is not (null or "" or "differs" or "cannotTell"))
        {
            return Problems.Invalid("verdict", "Expected differs or cannotTell.");
        }
        var company = Actor.Of(user).Company;
        var wanted = ask.Verdict switch
        {
            "differs" => Verdict.Differs,
            "cannotTell" => Verdict.CannotTell,
            _ => (Verdict?)null,
        };
        var found = await database.ReadAsync(company, async connection =>
        {
            var past = await pasts.ReadAsync(connection, company, null, stop);
            return (past.History, await PageAsync(
                connection, company, range, after, new(past, wanted, limit), stop));
        }, stop);
        var nameOf = await pasts.NamesAsync(company, found.History, stop);
        return Results.Ok(found.Item2.ToPage(nameOf));
    }

    private static async Task<Search> PageAsync(
        NpgsqlConnection connection, string company, DecisionRange range, (Instant, string)? after, Search search,
        CancellationToken stop)
    {
        await RecordedCalls.EachAsync(
            connection, company, range, after, search.Replay.Pass, row => ValueTask.FromResult(search.Take(row)), stop);
        return search;
    }

    private static bool TryPosition(string? cursor, out (Instant, string)? after)
    {
        after = null;
        if (!Cursor.TryDecode(cursor, 2, out var parts)
            || (parts.Length == 2 && !long.TryParse(parts[0], CultureInfo.InvariantCulture, out _)))
        {
            return false;
        }
        if (parts is [var time, var id])
        {
            // As far as a range goes: a cursor is a caller's to write.
            var microseconds = Math.Clamp(
                long.Parse(time, CultureInfo.InvariantCulture), -5_000_000_000_000_000, 17_000_000_000_000_000);
            after = (Instant.FromUnixTimeTicks(microseconds * 10), id);
        }
        return true;
    }

    /// <summary>Looks for the rows of one page.</summary>
    private sealed class Search(RoutingPast past, Verdict? wanted, int limit)
    {
        private readonly List<(RecordedRow Row, ReplayedCall Call, Conformity Conformity)> _found = [];
        private RecordedRow? _last;
        private int _looked;
        private bool _more;

        public CallReplay Replay { get; } = new(past);

        /// <returns>False when the page is full, or enough calls were looked at.</returns>
        public bool Take(RecordedRow row)
        {
            if (_found.Count == limit || _looked == CallsPerPage)
            {
                _more = true;
                return false;
            }
            (_last, _looked) = (row, _looked + 1);
            var replayed = Replay.Decide(row.Call!);
            var conformity = Replay.Check(replayed, row.EndedAt);
            if (conformity.Verdict != Verdict.Agrees && conformity.Verdict == (wanted ?? conformity.Verdict))
            {
                _found.Add((row, replayed, conformity));
            }
            return true;
        }

        public Page<ConformanceCall> ToPage(Func<string, string> nameOf) => new(
            [.. _found.Select(found => View(found.Row, found.Call, found.Conformity, nameOf))],
            _more ? Cursor.Encode(PageAsk.Key(_last!.At), _last.CallId) : null);

        private static ConformanceCall View(
            RecordedRow row, ReplayedCall call, Conformity conformity, Func<string, string> nameOf)
        {
            var words = new TraceWords(call.Span.Configuration, nameOf);
            return new(
                row.CallId, row.At, conformity.Verdict, conformity.Cause, ConformityWords.Of(conformity, words),
                words.Of(call.Decision.Route), $"/api/v1/calls/{Uri.EscapeDataString(row.CallId)}/decision");
        }
    }
}
