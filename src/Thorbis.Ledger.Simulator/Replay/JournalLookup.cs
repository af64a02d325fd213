using System.Diagnostics;
using System.Text.Json;
using Thorbis.Ledger.Simulator.Api;

namespace Thorbis.Ledger.Simulator.Replay;

/// <summary>Asks the journal, as an operator, what became of bodies.</summary>
internal sealed class JournalLookup(LedgerSession session, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The files with their entries: asked again while any is pending, and once more what waits.</summary>
    public async Task<IReadOnlyList<ReplayedFile>> AskAsync(
        IReadOnlyList<ReplayedFile> files, CancellationToken stop)
    {
        var (asked, since) = (files.ToArray(), Stopwatch.GetTimestamp());
        for (var lastRound = false; ;)
        {
            for (var i = 0; i < asked.Length; i++)
            {
                if (asked[i] is { Accepted: true, Entry: null or { Settled: false } })
                {
                    asked[i] = asked[i] with { Entry = await EntryAsync(asked[i].Sha256!, stop) };
                }
            }
            var waits = Array.Exists(asked, file => file.Entry is { Settled: false });
            var pending = Array.Exists(asked, file => file.Entry?.State == "pending");
            if (!waits || lastRound || Stopwatch.GetElapsedTime(since) > patience)
            {
                return asked;
            }
            // A call's start may be interpreted after what waits for it: look once more when nothing is pending.
            lastRound = !pending;
            await Task.Delay(Pause, stop);
        }
    }

    private async Task<JournalEntry?> EntryAsync(string sha256, CancellationToken stop)
    {
        var reply = await session.GetAsync($"/api/v1/operator/journal/by-content?sha256={sha256}", stop);
        return reply.OrThrow(alsoFine: 404) is { Status: 200, Body: { } entry }
            ? new(
                LedgerReply.Text(entry, "eventType"),
                LedgerReply.Text(entry, "state") ?? "unknown",
                LedgerReply.Text(entry, "reason"),
                entry.TryGetProperty("reads", out var reads) && reads.ValueKind == JsonValueKind.Array
                    ? [.. reads.EnumerateArray().Select(name => name.ToString())]
                    : [],
                entry.TryGetProperty("differs", out var differs) && differs.ValueKind == JsonValueKind.True)
            : null;
    }
}
