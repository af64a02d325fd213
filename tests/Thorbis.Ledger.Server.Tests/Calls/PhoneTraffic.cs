using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Webhooks;

namespace Thorbis.Ledger.Server.Tests.Calls;

/// <summary>A company with a number, and what the carrier tells of it.</summary>
public sealed class PhoneTraffic
{
    public const string Stranger = "+14155550123";
    private readonly LedgerHost ledger;

    private PhoneTraffic(LedgerHost ledger, string company, string number) =>
        (this.ledger, Company, Number, Telnyx) = (ledger, company, number, new Telnyx(ledger));

    public string Company { get; }

    public string Number { get; }

    public Telnyx Telnyx { get; }

    public static async Task<PhoneTraffic> NewAsync(LedgerHost ledger)
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        return new(ledger, company, number);
    }

    public Task<Caller> AsAsync(Role role) => ledger.MemberAsync(Company, role);

    /// <summary>A call of a stranger that is answered after 3 s, and hung up a minute after it began.</summary>
    /// <returns>Its leg; its id is that with <c>s-</c> before it.</returns>
    public async Task<string> AnsweredCallAsync(Instant at, string from = Stranger)
    {
        var leg = ledger.Unique("leg");
        await Telnyx.PostAsync(Telnyx.Started(leg, from, Number, at: at));
        await TellAsync("call.answered", leg, at + Duration.FromSeconds(3));
        await TellAsync("call.hangup", leg, at + Duration.FromMinutes(1), """
            ,"hangup_cause":"normal_clearing","hangup_source":"caller","sip_hangup_cause":"200"
            """);
        return leg;
    }

    /// <summary>A call of a stranger that goes on.</summary>
    public async Task<string> OpenCallAsync(Instant at)
    {
        var leg = ledger.Unique("leg");
        await Telnyx.PostAsync(Telnyx.Started(leg, Stranger, Number, at: at));
        return leg;
    }

    /// <param name="more">Fields of the payload, each after a comma.</param>
    public Task<int> TellAsync(string type, string leg, Instant at, string more = "") =>
        Telnyx.PostAsync(Telnyx.Event(type, Telnyx.Leg(leg, Stranger, Number, more), at: at));

    public async Task<string> MessageAsync(Instant at, string text, params string[] to)
    {
        var id = Guid.CreateVersion7().ToString();
        var recipients = string.Join(',', to.Select(r => $$"""{"phone_number":"{{r}}","status":"delivered"}"""));
        await Telnyx.PostAsync(Telnyx.Event("message.finalized", $$"""
            {"record_type":"message","id":"{{id}}","direction":"outbound","type":"SMS","text":"{{text}}","parts":2,
            "from":{"phone_number":"{{Number}}"},"to":[{{recipients}}],"media":[],"errors":[],
            "cost":{"amount":"0.0051","currency":"USD"},"received_at":"{{at}}",
            "sent_at":"{{at}}","completed_at":"{{at}}"}
            """, at: at));
        return id;
    }
}
