using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Porting;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>What one webhook says, before anyone knows whose it is.</summary>
public abstract record WebhookReading;

/// <summary>A fact of a leg; whoever owns the leg owns the fact.</summary>
public sealed record CallReading(LegReference Leg, CallFact Fact) : WebhookReading;

/// <summary>A fact of a message; each company with a number on its own side gets its own.</summary>
public sealed record MessageReading(string MessageId, MessageFact Fact) : WebhookReading;

/// <summary>A number order: one fact per number ordered.</summary>
public sealed record NumberOrderReading(IReadOnlyList<NumberOrdered> Facts) : WebhookReading;

/// <summary>A step of a porting order, which names no number and so belongs to the account's company.</summary>
public sealed record PortingReading(PortingFact Fact) : WebhookReading;

/// <summary>An event type without interpretation; belongs to whoever its call or numbers belong to, if known.</summary>
public sealed record KeptReading(LegReference Leg, IReadOnlyList<string> Numbers) : WebhookReading;

/// <summary>The carrier's ids of a leg; any of them may be missing in a body.</summary>
public sealed record LegReference(string? LegId, string? ControlId, string? SessionId, string? ConnectionId)
{
    public bool IsEmpty => LegId is null && ControlId is null && SessionId is null;
}

/// <summary>The bytes cannot be read as what their type promises; the message says which part.</summary>
public sealed class UnintelligibleException(string reason) : Exception(reason);
