using System.Globalization;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Telephone numbers that belong to nobody, E.164.</summary>
/// <remarks>
/// North America keeps 555-0100 to 555-0199 of every area code for fiction, the German regulator a block of some
/// cities. Companies get the first fifty of an area, other parties the next forty; nobody registers the last ten.
/// </remarks>
public static class FictitiousNumbers
{
    private static readonly string[] AreaCodes =
    [
        "212", "415", "312", "617", "206", "303", "404", "512", "602", "702", "713", "786", "801", "813", "816", "858",
        "901", "916", "919", "971", "203", "205", "207", "214", "216", "217", "225", "229", "240", "248", "251", "254",
        "256", "260", "262", "267", "269", "270", "276", "281", "301", "302", "304", "305", "307", "308", "309", "313",
        "314", "316", "317", "318", "319", "320", "321", "323", "325", "330", "334", "336",
    ];

    private static readonly string[] GermanBlocks = ["+493023125", "+496990009", "+498999998", "+494066969"];

    /// <summary>Numbers a company may hold, area after area.</summary>
    /// <param name="count">At most 3,000 in all, <paramref name="skip"/> included.</param>
    public static IReadOnlyList<string> ForCompanies(int skip, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skip + count, AreaCodes.Length * 50);
        return [.. Enumerable.Range(skip, count).Select(i => American(AreaCodes[i / 50], i % 50))];
    }

    /// <summary>2,400 numbers of people and firms that are no companies of ours.</summary>
    public static IReadOnlyList<string> Outsiders { get; } =
        [.. Enumerable.Range(50, 40).SelectMany(line => AreaCodes.Select(area => American(area, line)))];

    /// <summary>Numbers that no company ever registers.</summary>
    public static IReadOnlyList<string> Unregistered { get; } =
        [.. AreaCodes.Select(area => American(area, 95))];

    /// <summary>Berlin numbers a company may hold; at most 500.</summary>
    public static IReadOnlyList<string> ForGermanCompanies(int count) =>
        [.. Enumerable.Range(0, count).Select(line => German(GermanBlocks[0], line))];

    /// <summary>2,000 German numbers of other parties.</summary>
    public static IReadOnlyList<string> GermanOutsiders { get; } =
        [.. Enumerable.Range(500, 500).SelectMany(line => GermanBlocks.Select(block => German(block, line)))];

    private static string American(string area, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"+1{area}55501{line:D2}");

    private static string German(string block, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{block}{line:D3}");
}
