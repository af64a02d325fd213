using System.Text.Json.Serialization;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>What a key of a menu does. Stored in facts: names are permanent.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(EnterQueue), "queue")]
[JsonDerivedType(typeof(LeaveMessage), "voicemail")]
[JsonDerivedType(typeof(OpenSubmenu), "submenu")]
[JsonDerivedType(typeof(RepeatNode), "repeat")]
[JsonDerivedType(typeof(PlayMessage), "play")]
[JsonDerivedType(typeof(CallOperator), "operator")]
[JsonDerivedType(typeof(HangUpCall), "hang_up")]
public abstract record MenuAction;

/// <param name="To">A member, a number, another menu, or any other destination.</param>
public sealed record Transfer(Destination To) : MenuAction;

/// <param name="Queue">Id of a queue.</param>
public sealed record EnterQueue(string Queue) : MenuAction;

/// <param name="Mailbox">Id of a voicemail box.</param>
public sealed record LeaveMessage(string Mailbox) : MenuAction;

/// <param name="Node">Id of a node of the same menu.</param>
public sealed record OpenSubmenu(string Node) : MenuAction;

/// <summary>Says the greeting again; uses up one of the node's retries.</summary>
public sealed record RepeatNode : MenuAction;

/// <summary>Says something, then goes on.</summary>
/// <param name="Then">Id of a node of the same menu; null for the one it came from.</param>
public sealed record PlayMessage(Announcement Message, string? Then = null) : MenuAction;

/// <summary>To the menu's operator.</summary>
public sealed record CallOperator : MenuAction;

/// <param name="Goodbye">Said before; null for nothing.</param>
public sealed record HangUpCall(Announcement? Goodbye = null) : MenuAction;
