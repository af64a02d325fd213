using System.Diagnostics;
using Npgsql;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Rating;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>One draft against the calls of a range: reads, compares and writes them one by one.</summary>
/// <param name="words">Of the draft.</param>
/// <param name="nameOf">Of what it is compared with.</param>
internal sealed class WhatIfRun(
    WhatIf whatIf, RoutingConfiguration draft, TraceWords words, Func<string, string> nameOf, DecisionRange range,
    LineWriter writer, bool movedOnly)
{
    private const int ProgressCalls = 5_000;
    private static readonly TimeSpan ProgressTime = TimeSpan.FromMilliseconds(900);

    private (RoutingSpan Span, TraceWords Words)? _old;
    private long _told;

    public int Done { get; private set; }

    public async Task<int> RunAsync(NpgsqlConnection connection, string company, CancellationToken stop)
    {
        var of = await RecordedCalls.CountAsync(connection, company, range, stop);
        var deck = RateDecks.Fold(
            DefaultDeck.Id, await RateDecks.PublishedAsync(connection, company, DefaultDeck.Id, stop));
        var totals = new WhatIfTotals(draft, deck);
        await writer.ProgressAsync(new(0, of), stop);
        _told = Stopwatch.GetTimestamp();
        await RecordedCalls.EachAsync(connection, company, range, null, whatIf.Pass, async row =>
        {
            var compared = whatIf.Compare(row.Call!);
            totals.Add(compared);
            if (!movedOnly || compared.Comparison.Moved != Moved.No)
            {
                await writer.WriteAsync(RowOf(row, compared), stop);
            }
            Done++;
            if (Done % ProgressCalls == 0 || Stopwatch.GetElapsedTime(_told) >= ProgressTime)
            {
                await writer.ProgressAsync(new(Done, of), stop);
                _told = Stopwatch.GetTimestamp();
            }
            return true;
        }, stop);
        await writer.EndAsync(WhatIfSums.Of(totals), stop);
        return Done;
    }

    private WhatIfRow RowOf(RecordedRow row, ComparedCall call)
    {
        if (_old is not { } old || !ReferenceEquals(old.Span, call.Old))
        {
            old = (call.Old, new(call.Old.Configuration, nameOf));
            _old = old;
        }
        return new(
            row.CallId, row.At, call.Comparison.Moved, old.Words.Of(call.Before.Route), words.Of(call.After.Route),
            call.Comparison.Moved != Moved.CannotTell ? null
                : call.Old.HasRules ? DecisionView.Words(words, call.Comparison.Because)
                : ["the company had no rules yet"]);
    }
}
