using System.Reflection;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>Where the area codes of the North American Numbering Plan are, from <c>area-codes.txt</c>.</summary>
internal static class AreaCodes
{
    private static readonly Dictionary<string, string> Places = Read();

    /// <summary>All of them, with the place of each.</summary>
    public static IReadOnlyDictionary<string, string> All => Places;

    /// <param name="code">Three digits.</param>
    /// <returns><c>US-CA</c>, <c>CA-ON</c>; <c>CA</c> for a code of several provinces; <c>JM</c>; null for codes that
    /// are not geographic.</returns>
    public static string? PlaceOf(string code) => Places.GetValueOrDefault(code);

    private static Dictionary<string, string> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"{typeof(AreaCodes).Namespace}.area-codes.txt")
            ?? throw new InvalidOperationException("The area codes are not in the assembly.");
        using var reader = new StreamReader(stream);
        var places = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            var words = line.StartsWith('#') ? [] : line.Split(' ');
            foreach (var code in words.Skip(1))
            {
                places.Add(code, words[0]);
            }
        }
        return places;
    }
}
