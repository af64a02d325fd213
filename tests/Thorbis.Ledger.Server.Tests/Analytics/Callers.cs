using NodaTime;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;

namespace Thorbis.Ledger.Server.Tests.Analytics;

/// <summary>Calls that end in one way or another, told as the carrier tells them.</summary>
internal sealed class Callers(LedgerHost ledger, PhoneTraffic traffic)
{
    /// <summary>Key 1 after 5 s, a queue for 8 s, bridged after 15 s, a minute of talk.</summary>
    public async Task<string> QueuedCallAsync(Instant at, string from)
    {
        var leg = await RingAsync(at, from);
        await TellAsync("call.answered", leg, at, 1);
        await TellAsync("call.gather.ended", leg, at, 5, ""","digits":"1","status":"valid" """);
        await TellAsync("call.enqueued", leg, at, 6, ""","queue":"support","current_position":1""");
        await TellAsync("call.dequeued", leg, at, 14, ""","queue":"support","reason":"bridged","wait_time_secs":8""");
        await TellAsync("call.bridged", leg, at, 15);
        await HangUpAsync(leg, at, 75, "caller", "normal_clearing");
        return leg;
    }

    /// <summary>Answered after 3 s, hung up a minute after it began.</summary>
    public Task<string> AnsweredCallAsync(Instant at, string from) => traffic.AnsweredCallAsync(at, from);

    /// <summary>Short when it ends within 5 s, else abandoned.</summary>
    public async Task<string> LostCallAsync(Instant at, string from, double seconds)
    {
        var leg = await RingAsync(at, from);
        await HangUpAsync(leg, at, seconds, "caller", "originator_cancel");
        return leg;
    }

    /// <summary>Outgoing; connected for a minute, or never answered.</summary>
    public async Task CallBackAsync(Instant at, string to, bool connected = true, string? own = null)
    {
        var leg = ledger.Unique("leg");
        await traffic.Telnyx.PostAsync(Telnyx.Started(leg, own ?? traffic.Number, to, "outgoing", at));
        if (connected)
        {
            await TellAsync("call.answered", leg, at, 4);
        }
        await HangUpAsync(leg, at, 64, "callee", connected ? "normal_clearing" : "no_answer");
    }

    public Task TellAsync(string type, string leg, Instant at, double seconds, string more = "") =>
        traffic.TellAsync(type, leg, at + Duration.FromSeconds(seconds), more);

    private async Task<string> RingAsync(Instant at, string from)
    {
        var leg = ledger.Unique("leg");
        await traffic.Telnyx.PostAsync(Telnyx.Started(leg, from, traffic.Number, at: at));
        return leg;
    }

    private Task HangUpAsync(string leg, Instant at, double seconds, string source, string cause) => TellAsync(
        "call.hangup", leg, at, seconds, $""","hangup_cause":"{cause}","hangup_source":"{source}" """);
}
