using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>The way of one caller through a menu.</summary>
/// <param name="Steps">The first of them, at most <see cref="StepsMax"/>.</param>
/// <param name="Inputs">How many inputs of the script were taken.</param>
/// <param name="Untold">How many steps more there were.</param>
public sealed record MenuPath(IReadOnlyList<MenuStep> Steps, MenuEnd End, int Inputs, int Untold = 0)
{
    /// <summary>A short script can lead through very many nodes, again and again.</summary>
    public const int StepsMax = 2_000;
}

/// <summary>Something that happened at a node, and what was said then.</summary>
/// <param name="Input">What the caller did; null where the caller was not asked.</param>
public sealed record MenuStep(
    string Node, MenuStepKind Kind, MenuInput? Input, IReadOnlyList<Announcement> Said);

public enum MenuStepKind
{
    /// <summary>Came to the node and heard its greeting.</summary>
    Entered,

    /// <summary>Pressed a key that has a meaning.</summary>
    Chose,

    /// <summary>Asked for the greeting again, and heard it.</summary>
    Repeated,

    /// <summary>Pressed a key without meaning, and was asked again.</summary>
    InvalidKey,

    /// <summary>Pressed nothing, and was asked again.</summary>
    TimedOut,

    /// <summary>Was asked for the last time; the call goes on as the node says.</summary>
    GaveUp,
}

public enum MenuEndKind
{
    /// <summary>Left the menu for a destination.</summary>
    Left,

    /// <summary>The script is over; a key is waited for.</summary>
    Waiting,

    /// <summary>A key was pressed that the ledger does not know.</summary>
    Unknown,

    /// <summary>The menu leads nowhere from here. A menu that was not refused never does.</summary>
    Stuck,
}

/// <param name="Node">The last node; the menu's entry when there is no such node.</param>
/// <param name="To">Where the call leaves to; null when it does not.</param>
public sealed record MenuEnd(MenuEndKind Kind, string Node, Destination? To);
