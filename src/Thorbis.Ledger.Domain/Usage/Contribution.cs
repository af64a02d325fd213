using NodaTime;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;

namespace Thorbis.Ledger.Domain.Usage;

/// <summary>What one call or message adds to its company's figures, and to those of its numbers.</summary>
/// <remarks>
/// Usage is the sum of what each view contributes now: when a late fact changes a view, the new contribution minus
/// the old one mends the sum, so the order of facts does not matter.
/// </remarks>
/// <param name="UsageAt">Decides the bucket; never split.</param>
/// <param name="Numbers">The company's numbers it also counts for; may be empty.</param>
/// <param name="Figures">Indexed by <see cref="Figure"/>.</param>
public sealed record Contribution(Instant UsageAt, IReadOnlyList<string> Numbers, long[] Figures)
{
    /// <summary>The other side, as the carrier wrote it; of several the first.</summary>
    public string? Party { get; init; }

    /// <summary>The one cost centre it also counts for; null for none.</summary>
    public string? CostCentre { get; init; }

    /// <summary>The waits that are counted with it.</summary>
    public IReadOnlyList<WaitSample> Waits { get; init; } = [];

    public static int FigureCount { get; } = Enum.GetValues<Figure>().Length;

    public long this[Figure figure] => Figures[(int)figure];

    /// <summary>Null while the direction is unknown: such a call is neither in nor out yet.</summary>
    public static Contribution? Of(CallView call) => CallContribution.Of(call);

    public static Contribution Of(MessageView message) => MessageContribution.Of(message);

    /// <summary>The 15 minutes that hold <see cref="UsageAt"/>, named by their start.</summary>
    public Instant Bucket => BucketOf(UsageAt);

    /// <summary>The 15 minutes that hold an instant, named by their start; earlier than 1970 too.</summary>
    public static Instant BucketOf(Instant at)
    {
        var seconds = at.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds - (((seconds % 900) + 900) % 900));
    }
}
