using System.Text;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

/// <summary>A company whose calls and messages the carrier bills, and the files of records it gives.</summary>
internal sealed class Billing(PhoneTraffic traffic)
{
    public const string March = "from=2026-03-01&to=2026-04-01";
    public const string Header = "id,record_type,call_control_id,telnyx_leg_id,telnyx_session_id,uuid,cli,cld,"
        + "started_at,billed_sec,cost,currency";

    public PhoneTraffic Traffic => traffic;

    public static async Task<Billing> NewAsync(LedgerHost ledger) => new(await PhoneTraffic.NewAsync(ledger));

    public Task<Caller> ClerkAsync() => traffic.AsAsync(Role.Billing);

    /// <summary>A call that the carrier reports a cost of, all of it for one part.</summary>
    public async Task<string> CallAsync(
        string cost, int seconds = 60, Instant? at = null, string part = "sip-trunking")
    {
        var leg = await traffic.AnsweredCallAsync(at ?? Telnyx.Noon);
        await CostAsync(leg, cost, seconds, part);
        return leg;
    }

    public Task CostAsync(string leg, string cost, int seconds, string part = "sip-trunking") =>
        CostAsync(leg, cost, seconds, [(part, cost, seconds)]);

    /// <summary>What the carrier reports of a leg: the whole, and its parts.</summary>
    public Task CostAsync(
        string leg, string total, int seconds, IEnumerable<(string Part, string Cost, int Seconds)> parts)
    {
        var told = string.Join(',', parts.Select(part => $$"""
            {"call_part":"{{part.Part}}","cost":"{{part.Cost}}","billed_duration_secs":{{part.Seconds}},
            "currency":"USD","rate":"0.01"}
            """));
        return traffic.TellAsync("call.cost", leg, Telnyx.Noon + Duration.FromHours(1), $$"""
            ,"status":"success","total_cost":"{{total}}","billed_duration_secs":{{seconds}},"cost_parts":[{{told}}]
            """);
    }

    /// <summary>A call that comes in on one leg and goes out again on another, whose id is given.</summary>
    public async Task<(string In, string Out)> ForwardedAsync(string other, string costIn, string costOut)
    {
        var one = await CallAsync(costIn, part: "call-control");
        string Payload(string more) => $$"""
            {"call_control_id":"c-{{other}}","call_leg_id":"{{other}}","call_session_id":"s-{{one}}",
            "connection_id":"77","from":"{{traffic.Number}}","to":"+14155550199"{{more}}}
            """;
        var at = Telnyx.Noon + Duration.FromSeconds(1);
        var telnyx = traffic.Telnyx;
        await telnyx.PostAsync(Telnyx.Event(
            "call.initiated", Payload(""","direction":"outgoing","state":"bridging" """), at: at));
        await telnyx.PostAsync(Telnyx.Event("call.hangup", Payload(""), at: at + Duration.FromMinutes(1)));
        await telnyx.PostAsync(Telnyx.Event("call.cost", Payload($$"""
            ,"status":"success","total_cost":"{{costOut}}","billed_duration_secs":60,
            "cost_parts":[{"call_part":"call-control","cost":"{{costOut}}","currency":"USD","rate":"0.01"}]
            """), at: at + Duration.FromHours(1)));
        await telnyx.SettleAsync();
        return (one, other);
    }

    /// <summary>The record of a leg's trunk, which names it by its control id.</summary>
    public static string Trunk(string leg, string cost, int seconds = 60, string id = "") =>
        $"{(id.Length > 0 ? id : $"t-{leg}")},sip-trunking,c-{leg},,s-{leg},,{PhoneTraffic.Stranger},,"
        + $"2026-03-10T12:00:00Z,{seconds},{cost},USD";

    /// <summary>The record of a leg's control, which names it by its leg id.</summary>
    public static string Control(string leg, string cost, int seconds = 60) =>
        $"a-{leg},call-control,,{leg},s-{leg},,,,2026-03-10T12:00:00Z,{seconds},{cost},USD";

    /// <summary>The record of a recording, which names the call alone.</summary>
    public static string Recording(string leg, string cost, int seconds = 60) =>
        $"r-{leg},recording,,,s-{leg},,,,2026-03-10T12:00:00Z,{seconds},{cost},USD";

    public static string Message(string id, string cost) =>
        $"{id},message_detail_record,,,,{id},,{PhoneTraffic.Stranger},2026-03-10T12:00:00Z,,{cost},USD";

    public static StringContent Csv(params string[] lines) =>
        new(string.Join("\r\n", lines.Prepend(Header)) + "\r\n", Encoding.UTF8, "text/csv");

    /// <summary>Records by class and kind, then items by class: <c>matched/webrtc=2 … matched/call=1</c>.</summary>
    public static string Totals(Answer answer) => string.Join(' ',
        answer.Body.GetProperty("recordTotals").EnumerateArray().Select(total =>
            $"{total.GetProperty("class")}/{total.GetProperty("kind")}={total.GetProperty("count")}")
        .Concat(answer.Body.GetProperty("itemTotals").EnumerateArray().Select(total =>
            $"{total.GetProperty("class")}/{total.GetProperty("item")}={total.GetProperty("count")}")));
}
