using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Decisions;

/// <summary>More calls than webhooks would be posted for in a test: copies of the row of one.</summary>
internal static class ManyCalls
{
    /// <summary>Incoming ones of two legs, with a key pressed, over one day from <see cref="Telnyx.Noon"/>'s midnight
    /// on.</summary>
    public static async Task AddAsync(LedgerHost ledger, string company, string number, int count)
    {
        var call = Facts(number).Aggregate((Call?)null, Call.Evolve)!;
        var state = JsonSerializer.Serialize(call, LedgerJson.Options);
        await using var command = ledger.Database.Owner.Command(
            """
            insert into ledger.call (tenant_id, call_id, direction, number, party, internal, usage_at, ended_at,
              last_fact_at, outcome, talk_microseconds, ring_microseconds, billable_seconds, billed_unanswered, legs,
              recordings, menu_keys, state)
            select $1, 'many-' || i, 'incoming', $2, '+14155550123', false, at, at + interval '1 minute',
              at + interval '1 minute', 'answered', 55000000, 5000000, 60, false, 2, 0, '1',
              replace($3, '2026-03-10T12:00', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI'))
            from generate_series(1, $4::int) i,
              lateral (select timestamptz '2026-03-10 00:00:00Z' + i * interval '1 day' / ($4::int + 1) as at) begun
            """,
            company, number, state, count);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<CallFact> Facts(string number)
    {
        static Instant At(int second) => Telnyx.Noon + Duration.FromSeconds(second);
        yield return new CallInitiated(
            "leg-a", At(0), CallDirection.Incoming, "+14155550123", number, number, "c", "77", null, null, null, []);
        yield return new CallAnswered("leg-a", At(1));
        yield return new SpeakStarted("leg-a", At(1));
        yield return new GatherEnded("leg-a", At(4), "1", "valid");
        yield return new CallInitiated(
            "leg-b", At(4), CallDirection.Outgoing, number, "sip:cat@desk", number, "c", "77", null, null, null, []);
        yield return new CallBridged("leg-b", At(5));
        foreach (var leg in new[] { "leg-a", "leg-b" })
        {
            yield return new CallHungUp(leg, At(59), "normal_clearing", "caller", "200", null);
        }
    }
}
