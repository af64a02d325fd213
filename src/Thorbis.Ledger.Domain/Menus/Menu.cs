using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>A voice menu (IVR): what callers hear, and where their keys lead.</summary>
/// <param name="Id">Letters, digits, dots, hyphens and underscores; it is part of addresses.</param>
/// <param name="Entry">Id of the node where callers begin.</param>
/// <param name="Operator">Where the action operator leads; null when no node has it.</param>
public sealed record Menu(
    string Id, string Name, string Entry, IReadOnlyList<MenuNode> Nodes, Destination? Operator = null)
{
    public const int NodesMax = 1_000;

    public bool Equals(Menu? other) => other is not null
        && (Id, Name, Entry) == (other.Id, other.Name, other.Entry)
        && Operator == other.Operator && Lists.Same(Nodes, other.Nodes);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}

/// <summary>One place of a menu: a greeting, then a key is waited for. A node without choices goes on as soon as the
/// greeting is over.</summary>
/// <param name="Id">Unique within the menu.</param>
/// <param name="TimeoutSeconds">How long a key is waited for.</param>
/// <param name="Retries">How often the greeting is said again after silence, a key without meaning, or the action
/// repeat; then the call goes on with <paramref name="Otherwise"/>.</param>
/// <param name="InvalidKey">Said to who presses a key without meaning; null for nothing.</param>
/// <param name="Otherwise">What becomes of a caller who chooses nothing. Null is refused: it would be a dead
/// end.</param>
public sealed record MenuNode(
    string Id, Announcement Greeting, IReadOnlyList<MenuChoice> Choices, int TimeoutSeconds, int Retries,
    Announcement? InvalidKey = null, MenuAction? Otherwise = null)
{
    public const int TimeoutSecondsMin = 1;
    public const int TimeoutSecondsMax = 60;
    public const int RetriesMax = 9;

    public bool Equals(MenuNode? other) => other is not null
        && (Id, Greeting, TimeoutSeconds, Retries)
            == (other.Id, other.Greeting, other.TimeoutSeconds, other.Retries)
        && InvalidKey == other.InvalidKey && Otherwise == other.Otherwise && Lists.Same(Choices, other.Choices);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}

/// <param name="Key">One of <c>0-9 * #</c>.</param>
public sealed record MenuChoice(string Key, MenuAction Then);
