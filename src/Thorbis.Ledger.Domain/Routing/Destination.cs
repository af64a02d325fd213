using System.Text.Json.Serialization;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Where a call is sent, or how it ends.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ToMember), "member")]
[JsonDerivedType(typeof(ToNumber), "number")]
[JsonDerivedType(typeof(ToQueue), "queue")]
[JsonDerivedType(typeof(ToMenu), "menu")]
[JsonDerivedType(typeof(ToMailbox), "voicemail")]
[JsonDerivedType(typeof(ToAnnouncement), "announcement")]
[JsonDerivedType(typeof(ToHangUp), "hang_up")]
[JsonDerivedType(typeof(ToReject), "reject")]
[JsonDerivedType(typeof(ToBusy), "busy")]
public abstract record Destination;

/// <param name="Member">Id of a member of the company.</param>
public sealed record ToMember(string Member) : Destination;

/// <summary>Forwarded to a number outside or inside of the company.</summary>
/// <param name="Number">E.164.</param>
public sealed record ToNumber(string Number) : Destination;

/// <param name="Queue">Id of a queue.</param>
public sealed record ToQueue(string Queue) : Destination;

/// <param name="Menu">Id of a menu.</param>
public sealed record ToMenu(string Menu) : Destination;

/// <param name="Mailbox">Id of a voicemail box.</param>
public sealed record ToMailbox(string Mailbox) : Destination;

/// <summary>Something is said, then the call is hung up.</summary>
public sealed record ToAnnouncement(Announcement Announcement) : Destination;

/// <summary>Answered by nobody and hung up.</summary>
public sealed record ToHangUp : Destination;

/// <summary>Refused before it rings, as from the block list.</summary>
public sealed record ToReject : Destination;

/// <summary>The caller hears the busy tone.</summary>
public sealed record ToBusy : Destination;
