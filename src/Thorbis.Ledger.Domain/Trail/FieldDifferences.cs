using System.Text;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in a thing that is known by its fields alone.</summary>
public static class FieldDifferences
{
    /// <param name="before">Short texts by path, such as <c>terms.limit</c>; empty where there was nothing.</param>
    /// <returns>In the order of the fields after; those that are gone come last.</returns>
    public static IReadOnlyList<FieldChange> Of(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [.. after.Keys.Union(before.Keys).SelectMany(field => Telling.Value(
            field, Words(field), before.GetValueOrDefault(field), after.GetValueOrDefault(field)))];

    /// <summary>The last part of a path as people write it: <c>terms.callsMax</c> is <c>calls max</c>.</summary>
    private static string Words(string field)
    {
        var words = new StringBuilder();
        foreach (var letter in field[(field.LastIndexOf('.') + 1)..])
        {
            words.Append(char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}");
        }
        return $"{words}";
    }
}
