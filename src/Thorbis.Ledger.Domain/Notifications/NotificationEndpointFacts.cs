using NodaTime;

namespace Thorbis.Ledger.Domain.Notifications;

/// <summary>
/// A fact of one address that the ledger's webhooks go to; stream <c>endpoint/{id}</c>. The address stands in no fact
/// but by its host: paths may hold secrets, and facts are for good.
/// </summary>
public abstract record NotificationEndpointFact(Guid EndpointId, Instant OccurredAt) : Fact(OccurredAt);

/// <param name="Host">Host of the address, with its port where it is not the scheme's own.</param>
/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record NotificationEndpointAdded(Guid EndpointId, Instant OccurredAt, string Host, string By)
    : NotificationEndpointFact(EndpointId, OccurredAt);

/// <summary>The ledger sends nothing there from now on, until somebody enables it again.</summary>
/// <param name="FailingSince">The first attempt of which no later one went well.</param>
/// <param name="Reason">Why the last attempt failed.</param>
public sealed record NotificationEndpointDisabled(
    Guid EndpointId, Instant OccurredAt, Instant FailingSince, string Reason)
    : NotificationEndpointFact(EndpointId, OccurredAt);

/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record NotificationEndpointEnabled(Guid EndpointId, Instant OccurredAt, string By)
    : NotificationEndpointFact(EndpointId, OccurredAt);

/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record NotificationEndpointRemoved(Guid EndpointId, Instant OccurredAt, string By)
    : NotificationEndpointFact(EndpointId, OccurredAt);
