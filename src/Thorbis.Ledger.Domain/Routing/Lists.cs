namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Lists by what is in them: records that hold some are equal when their contents are.</summary>
internal static class Lists
{
    public static bool Same<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.SequenceEqual(right));

    /// <summary>Weak, but the same for equal lists.</summary>
    public static int Hash<T>(IReadOnlyList<T>? list) =>
        list is [var first, ..] ? HashCode.Combine(list.Count, first) : 0;
}
