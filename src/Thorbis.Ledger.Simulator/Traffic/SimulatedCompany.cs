namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>A company whose phones the model plays.</summary>
/// <param name="Zone">IANA name; the daily and weekly profile follows it.</param>
/// <param name="Weight">Its part of the traffic, relative to the other companies'.</param>
/// <param name="Numbers">E.164, at least one; the first ones get more traffic.</param>
/// <param name="Outsiders">Who calls and is called; E.164.</param>
public sealed record SimulatedCompany(
    string CompanyId, string Name, string Zone, double Weight, IReadOnlyList<string> Numbers,
    IReadOnlyList<string> Outsiders)
{
    /// <summary>The three companies of the demonstration; invented.</summary>
    public static IReadOnlyList<SimulatedCompany> Demonstration { get; } =
    [
        new("harborview", "Harborview Supply", "America/New_York", 5, FictitiousNumbers.ForCompanies(0, 8),
            Part(FictitiousNumbers.Outsiders, 0)),
        new("nordlicht", "Nordlicht Werkstatt", "Europe/Berlin", 3, FictitiousNumbers.ForGermanCompanies(5),
            Part(FictitiousNumbers.GermanOutsiders, 1)),
        new("redwood", "Redwood Field Services", "America/Los_Angeles", 3, FictitiousNumbers.ForCompanies(50, 6),
            Part(FictitiousNumbers.Outsiders, 2)),
    ];

    /// <summary>Companies <c>company-1</c>, <c>company-2</c> … for tests and measurements.</summary>
    /// <param name="companies">How many.</param>
    /// <param name="numbers">How many numbers each holds; at most 3,000 over all.</param>
    public static IReadOnlyList<SimulatedCompany> Invent(
        int companies, int numbers, string zone = "America/New_York") =>
    [
        .. Enumerable.Range(0, companies).Select(i => new SimulatedCompany(
            $"company-{i + 1}", $"Company {i + 1}", zone, 1, FictitiousNumbers.ForCompanies(i * numbers, numbers),
            FictitiousNumbers.Outsiders)),
    ];

    // Every third, so that companies share no outsider and each still hears from many areas.
    private static string[] Part(IReadOnlyList<string> all, int part) =>
        [.. all.Where((_, index) => index % 7 % 3 == part)];
}
