using System.Diagnostics.CodeAnalysis;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Menus;

public enum MenuInputKind
{
    Key,

    /// <summary>No key within the node's time.</summary>
    TimeOut,

    /// <summary>No key any more, however often the menu asks.</summary>
    Silence,

    /// <summary>Something was pressed, but the ledger does not know what.</summary>
    Masked,
}

/// <summary>What a caller does at one step of a menu.</summary>
/// <param name="Key">Of <see cref="MenuInputKind.Key"/>, one of <c>0-9 * #</c>; else U+0000.</param>
public readonly record struct MenuInput(MenuInputKind Kind, char Key = '\0')
{
    public static readonly MenuInput TimeOut = new(MenuInputKind.TimeOut);
    public static readonly MenuInput Silence = new(MenuInputKind.Silence);
    public static readonly MenuInput Masked = new(MenuInputKind.Masked);

    public static MenuInput Press(char key) => new(MenuInputKind.Key, key);

    /// <summary>Reads a script: keys, <c>t</c> for a time-out, <c>s</c> for silence, <c>?</c> for a key that is not
    /// known; blanks do not matter.</summary>
    public static bool TryParse(string script, [NotNullWhen(true)] out IReadOnlyList<MenuInput>? inputs)
    {
        var read = script.Where(c => c != ' ').Select(Of).ToList();
        inputs = read.Contains(null) ? null : [.. read.OfType<MenuInput>()];
        return inputs is not null;
    }

    public override string ToString() => Kind switch
    {
        MenuInputKind.Key => Key.ToString(),
        MenuInputKind.TimeOut => "t",
        MenuInputKind.Silence => "s",
        _ => "?",
    };

    private static MenuInput? Of(char c) => c switch
    {
        't' => TimeOut,
        's' => Silence,
        '?' => Masked,
        _ when MenuKey.Keys.Contains(c) => Press(c),
        _ => null,
    };
}
