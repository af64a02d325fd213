using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Server.Webhooks.Reading;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Decides whose a webhook is. Pure over what is known; a number of another account's company never
/// attributes.</summary>
public static class OwnerRules
{
    public static Attribution Attribute(WebhookReading reading, string account, KnownOwners known) => reading switch
    {
        CallReading call => AttributeCall(call, known),
        MessageReading message => AttributeMessage(message, account, known),
        NumberOrderReading order => AttributeOrder(order, account, known),
        PortingReading porting => AttributePorting(porting, account, known),
        KeptReading kept => AttributeKept(kept, account, known),
        _ => throw new InvalidOperationException($"Unknown reading {reading.GetType().Name}."),
    };

    /// <summary>
    /// The owner of a leg at its start: incoming, the owner of <c>to</c>; outgoing, the owner of <c>from</c>; else the
    /// session's company; else that of the connection. Null, and why, when nobody is known.
    /// </summary>
    public static (LegOwner? Owner, Attribution.Parked? Parked) DecideLeg(
        LegReference leg, CallInitiated start, string account, KnownOwners known)
    {
        var side = start.Direction == CallDirection.Incoming ? start.To : start.From;
        var number = PhoneNumber.Normalize(side);
        var session = leg.SessionId ?? start.LegId;
        LegOwner Owner(string company, string? own, string by) =>
            new(start.LegId, start.ControlId, session, company, own, by);

        var parked = new Attribution.Parked(
            BacklogState.Quarantined, $"no company is known for {(number is null ? "this address" : number)}",
            Keys(("number", number), ("session", session), ("connection", leg.ConnectionId)));
        if (known.OwnerAt(number, start.OccurredAt) is { } byNumber)
        {
            return known.Serves(account, byNumber) ? (Owner(byNumber, number, "number"), null)
                : (null, Foreign(account, number!));
        }
        if (known.SessionCompany(session) is { } bySession)
        {
            return (Owner(bySession, null, "session"), null);
        }
        return known.ConnectionCompany(account, leg.ConnectionId) is { } byConnection
            ? (Owner(byConnection, null, "connection"), null)
            : (null, parked);
    }

    private static Attribution AttributeCall(CallReading call, KnownOwners known)
    {
        if (known.Leg(call.Leg) is not { } owner)
        {
            return new Attribution.Parked(
                BacklogState.Waiting, "its call is not yet known",
                Keys(("leg", call.Leg.LegId), ("control", call.Leg.LegId is null ? call.Leg.ControlId : null),
                    ("session", call.Leg.LegId is null && call.Leg.ControlId is null ? call.Leg.SessionId : null)));
        }
        var fact = call.Fact is CallInitiated start
            ? start with { OwnNumber = owner.OwnNumber }
            : call.Fact with { LegId = owner.LegId };
        return Attribution.Single(owner.Company, "call/" + owner.SessionId, fact);
    }

    /// <summary>Incoming: one owner per owned recipient, each sees its own; outgoing: the sender's.</summary>
    private static Attribution AttributeMessage(MessageReading message, string account, KnownOwners known)
    {
        var report = message.Fact.Report;
        var at = report.ReceivedAt ?? report.SentAt ?? message.Fact.OccurredAt;
        var ownSide = report.Direction == MessageDirection.Incoming ? report.To.Select(r => r.Number).ToList()
            : [report.From];
        var owners = ownSide.ToDictionary(n => n, n => known.OwnerAt(PhoneNumber.Normalize(n) ?? n, at));
        var companies = owners.Values.OfType<string>().Distinct().ToList();
        var served = companies.FindAll(c => known.Serves(account, c));
        if (served.Count == 0)
        {
            return companies.Count > 0 ? Foreign(account, ownSide[0]) : new Attribution.Parked(
                BacklogState.Quarantined, $"no company is known for {ownSide[0]}",
                [.. ownSide.Select(n => "number:" + (PhoneNumber.Normalize(n) ?? n))]);
        }
        var shares = served.Select(company => new CompanyShare(
            company, [new("message/" + message.MessageId, Seen(message.Fact, company, owners), "")]));
        return new Attribution.To([.. shares], Shared: companies.Count > 1);
    }

    /// <summary>The company's own recipients are marked, and those of other companies are left out.</summary>
    private static MessageFact Seen(MessageFact fact, string company, Dictionary<string, string?> owners)
    {
        if (fact.Report.Direction == MessageDirection.Outgoing)
        {
            return fact;
        }
        var to = fact.Report.To.Where(r => owners[r.Number] is null || owners[r.Number] == company)
            .Select(r => r with { Own = owners[r.Number] == company }).ToList();
        return fact with { Report = fact.Report with { To = to } };
    }

    private static Attribution AttributeOrder(NumberOrderReading order, string account, KnownOwners known)
    {
        var only = known.OnlyCompanyOf(account);
        var facts = order.Facts.ToLookup(f => known.OwnerAt(f.Number, f.OccurredAt) is { } owner
            && known.Serves(account, owner) ? owner : only);
        var unknown = facts[null].Select(f => "number:" + f.Number).ToList();
        return unknown.Count > 0
            ? new Attribution.Parked(
                BacklogState.Quarantined, "no company is known for the numbers ordered",
                    [.. unknown, "account:" + account])
            : new Attribution.To([.. facts.Select(share => new CompanyShare(
                share.Key!, [.. share.Select(f => new StreamFact("number/" + f.Number, f, f.Number))]))],
                Shared: facts.Count > 1);
    }

    private static Attribution AttributePorting(PortingReading porting, string account, KnownOwners known)
    {
        var order = porting.Fact.OrderId;
        var company = known.PortingCompany(order) is { } holder && known.Serves(account, holder)
            ? holder : known.OnlyCompanyOf(account);
        return company is null
            ? new Attribution.Parked(
                BacklogState.Waiting, "its porting order is not yet known", ["porting:" + order, "account:" + account])
            : Attribution.Single(company, "porting/" + order, porting.Fact);
    }

    private static Attribution.To AttributeKept(KeptReading kept, string account, KnownOwners known)
    {
        var companies = kept.Numbers.Select(n => known.OwnerAt(PhoneNumber.Normalize(n), Instant.MaxValue))
            .Append(kept.Leg.IsEmpty ? null : known.Leg(kept.Leg)?.Company)
            .OfType<string>().Distinct().Where(c => known.Serves(account, c));
        return new Attribution.To([.. companies.Select(c => new CompanyShare(c, []))]);
    }

    private static Attribution.Parked Foreign(string account, string number) => new(
        BacklogState.Quarantined, $"the account does not serve the company of {number}",
        ["account:" + account, "number:" + number]);

    private static string[] Keys(params (string Kind, string? Value)[] keys) =>
        [.. keys.Where(k => !string.IsNullOrEmpty(k.Value)).Select(k => $"{k.Kind}:{k.Value}")];
}
