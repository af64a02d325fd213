using NodaTime;

namespace Thorbis.Ledger.Domain.Usage;

/// <summary>What one call or message adds to its company's figures, and to those of its numbers.</summary>
/// <param name="UsageAt">Decides the bucket; never split.</param>
/// <param name="Numbers">The company's numbers it also counts for; may be empty.</param>
/// <param name="Figures">Indexed by <see cref="Figure"/>.</param>
public sealed record Contribution(Instant UsageAt, IReadOnlyList<string> Numbers, long[] Figures)
{
    public static int FigureCount { get; } = Enum.GetValues<Figure>().Length;

    public long this[Figure figure] => Figures[(int)figure];

    /// <summary>The 15 minutes that hold <see cref="UsageAt"/>, named by their start.</summary>
    public Instant Bucket => Instant.FromUnixTimeSeconds(UsageAt.ToUnixTimeSeconds() / 900 * 900);
}
