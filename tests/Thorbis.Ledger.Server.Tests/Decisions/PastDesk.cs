using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Decisions;

/// <summary>A company whose rules are from before its traffic: Ann and Bob, whose phones ring at <c>sip:ann@desk</c>
/// and <c>sip:bob@desk</c>, and who said that they are available.</summary>
internal sealed class PastDesk(LedgerHost ledger, PhoneTraffic traffic)
{
    /// <summary>Nine days before <see cref="Telnyx.Noon"/>.</summary>
    public static readonly Instant Began = Instant.FromUtc(2026, 3, 1, 0, 0);

    public static readonly Instant Noon = Telnyx.Noon;

    public PhoneTraffic Traffic { get; } = traffic;

    public string Company => Traffic.Company;

    /// <param name="then">What the one rule does with every call; null for no rules.</param>
    public static async Task<PastDesk> NewAsync(LedgerHost ledger, RuleAction? then, params Condition[] when)
    {
        var desk = new PastDesk(ledger, await PhoneTraffic.NewAsync(ledger));
        foreach (var member in new[] { "ann", "bob" })
        {
            await desk.AppendAsync($"member/{member}", new MemberJoined(member, Began, Role.Member, "user:mia"));
            await desk.TellAsync(
                Began, new TeamTermsSet(member, new(null, 1, [$"sip:{member}@desk"])),
                new AvailabilitySet(member, Availability.Available));
        }
        if (then is not null)
        {
            await desk.TellAsync(Began, new RuleAdded(RuleOf(then, when), null, null));
        }
        return desk;
    }

    public static Rule RuleOf(RuleAction then, params Condition[] when) => new(
        Guid.Parse("00000000-0000-0000-0000-000000000001"), "Sales", true, when, then,
        new(20, CallRecording.None), new ToBusy());

    /// <summary>What was decided at an instant, and holds from then on.</summary>
    public async Task TellAsync(Instant at, params ConfigurationFact[] facts)
    {
        foreach (var fact in facts)
        {
            await AppendAsync(
                fact is TeamFact team ? $"team/{team.Member}" : ConfigurationHistory.BookStream,
                fact with { OccurredAt = at, EffectiveAt = at, By = "user:mia" });
        }
    }

    public async Task AppendAsync(string stream, Fact fact)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var change = await ledger.Transactions.BeginAsync(stop);
        await change.LockCompanyAsync(Company, stop);
        await change.AppendAsync(Company, stream, [fact], stop);
        await change.CommitAsync(stop);
    }

    /// <summary>A call of a stranger that rings somewhere 2 s after it began, is taken after 5 and lasts a minute.
    /// </summary>
    /// <param name="to">Where it rings; null for nowhere.</param>
    /// <returns>The call's id.</returns>
    public async Task<string> CallAsync(Instant at, string? to, bool taken = true, string tags = "")
    {
        var leg = ledger.Unique("leg");
        await Traffic.Telnyx.PostAsync(Telnyx.Event("call.initiated", Telnyx.Leg(
            leg, PhoneTraffic.Stranger, Traffic.Number, $$""","direction":"incoming","tags":[{{tags}}]"""), at: at));
        if (to is not null)
        {
            await RingAsync(leg, at, to, taken);
        }
        await Traffic.TellAsync("call.hangup", leg, at + Duration.FromMinutes(1), """
            ,"hangup_cause":"normal_clearing","hangup_source":"caller"
            """);
        return $"s-{leg}";
    }

    public async Task<Answer> DecisionAsync(string call, string query = "")
    {
        await Traffic.Telnyx.SettleAsync();
        return (await (await Traffic.AsAsync(Role.Auditor)).GetAsync($"calls/{call}/decision{query}")).Is(200);
    }

    private async Task RingAsync(string leg, Instant at, string to, bool taken)
    {
        Task Tell(string type, int second, string more = "") => Traffic.Telnyx.PostAsync(Telnyx.Event(type, $$"""
            {"call_control_id":"c-{{leg}}-b","call_leg_id":"{{leg}}-b","call_session_id":"s-{{leg}}",
            "connection_id":"77","from":"{{Traffic.Number}}","to":"{{to}}"{{more}}}
            """, at: at + Duration.FromSeconds(second)));
        await Tell("call.initiated", 2, ",\"direction\":\"outgoing\"");
        if (taken)
        {
            await Traffic.TellAsync("call.answered", leg, at + Duration.FromSeconds(5));
            await Tell("call.answered", 5);
            await Tell("call.bridged", 5);
        }
        await Tell("call.hangup", 60, ",\"hangup_cause\":\"normal_clearing\",\"hangup_source\":\"caller\"");
    }
}
