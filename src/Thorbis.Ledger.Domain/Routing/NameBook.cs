namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What people call the things that configurations refer to by their ids.</summary>
/// <param name="find">The name by kind and id; null where there is none.</param>
public sealed class NameBook(Func<ReferenceKind, string, string?> find)
{
    /// <summary>No names: ids stand for themselves.</summary>
    public static readonly NameBook None = new((_, _) => null);

    /// <summary>The name; the id itself where there is none.</summary>
    public string Of(ReferenceKind kind, string id) => find(kind, id) ?? id;
}
