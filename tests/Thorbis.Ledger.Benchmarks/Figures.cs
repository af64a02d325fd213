using System.Globalization;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>The last line of a bench, <c>key=value …</c>; keys whose figure is not set are left out.</summary>
internal sealed record Figures
{
    public double? Ratio { get; init; }

    public double? Ours { get; init; }

    public double? Other { get; init; }

    public double? PerSecond { get; init; }

    public double? P50Ms { get; init; }

    public double? P99Ms { get; init; }

    public double? RssMb { get; init; }

    public double? Seconds { get; init; }

    /// <summary>Of sorted values.</summary>
    public static double At(double share, IReadOnlyList<double> sorted) =>
        sorted[(int)(share * (sorted.Count - 1))];

    public override string ToString()
    {
        (string Key, double? Value)[] all =
        [
            ("ratio", Ratio), ("ours", Ours), ("other", Other), ("per_s", PerSecond), ("p50_ms", P50Ms),
            ("p99_ms", P99Ms), ("rss_mb", RssMb), ("seconds", Seconds),
        ];
        return string.Join(' ', all.Where(f => f.Value is not null).Select(f => $"{f.Key}={Text(f.Value!.Value)}"));
    }

    // Three digits that mean something, and never an exponent.
    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "F0" : "0.###", CultureInfo.InvariantCulture);
}
