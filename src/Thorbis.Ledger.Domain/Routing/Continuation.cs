namespace Thorbis.Ledger.Domain.Routing;

/// <summary>All that may decide on a call once it has left a menu by a key that is not known.</summary>
/// <param name="Menu">Id of the menu.</param>
/// <param name="Fallback">Of the rule that led to the menu.</param>
internal sealed record Continuation(RoutingConfiguration Configuration, string Menu, Destination? Fallback)
{
    public bool Equals(Continuation? other) => other is not null && (Menu, Fallback) == (other.Menu, other.Fallback)
        && Configuration.Book.Default == other.Configuration.Book.Default
        && Lists.Same(Configuration.Book.Queues, other.Configuration.Book.Queues)
        && Same(Configuration.Menus, other.Configuration.Menus)
        && Same(Configuration.Hours, other.Configuration.Hours)
        && Same(Configuration.Team, other.Configuration.Team);

    public override int GetHashCode() => Menu.GetHashCode(StringComparison.Ordinal);

    private static bool Same<T>(IReadOnlyDictionary<string, T> left, IReadOnlyDictionary<string, T> right) =>
        ReferenceEquals(left, right) || (left.Count == right.Count
            && left.All(item => right.TryGetValue(item.Key, out var other) && Equals(item.Value, other)));
}
