using NodaTime;

namespace Thorbis.Ledger.Domain.Porting;

/// <summary>A fact of one porting order; stream <c>porting/{id}</c>.</summary>
public abstract record PortingFact(string OrderId, Instant OccurredAt) : Fact(OccurredAt);

/// <param name="Status">Open set: draft, in-process, submitted, exception, foc-date-confirmed, ported …</param>
public sealed record PortingStatusChanged(
    string OrderId, Instant OccurredAt, string Status, IReadOnlyList<PortingStatusDetail> Details,
    string? CustomerReference, string? SupportKey) : PortingFact(OrderId, OccurredAt);

public sealed record PortingStatusDetail(string Code, string? Description);

/// <param name="AuthorType"><c>admin</c>, <c>user</c> or <c>system</c>.</param>
public sealed record PortingCommented(
    string OrderId, Instant OccurredAt, string? CommentId, string Body, string? AuthorType)
    : PortingFact(OrderId, OccurredAt);

public sealed record PortingSplit(string OrderId, Instant OccurredAt, string NewOrderId,
    IReadOnlyList<string> NumberIds)
    : PortingFact(OrderId, OccurredAt);

public sealed record PortingMessagingChanged(
    string OrderId, Instant OccurredAt, string? MessagingStatus, bool? Enabled, bool? Capable)
    : PortingFact(OrderId, OccurredAt);

public sealed record PortingDeleted(string OrderId, Instant OccurredAt) : PortingFact(OrderId, OccurredAt);

/// <summary>Another porting event (documents, sharing tokens), kept by its name.</summary>
public sealed record PortingReported(string OrderId, Instant OccurredAt, string EventType)
    : PortingFact(OrderId, OccurredAt);
