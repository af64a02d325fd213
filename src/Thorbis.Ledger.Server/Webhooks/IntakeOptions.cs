using System.ComponentModel.DataAnnotations;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Section <c>Intake</c>. Checked at start: a bad value stops the host and is named.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>How far a webhook's timestamp may lie from now, either way. Default 300 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Largest body in bytes; a larger one is answered 413. Default 1 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int BodyBytesMax { get; init; } = 1024 * 1024;

    /// <summary>How long a body may take to arrive; a slower one is answered 408. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most webhooks in one transaction. Default 500.</summary>
    [Range(1, 10_000)]
    public int GroupLength { get; init; } = 500;

    /// <summary>Groups committed at the same time. Default 1: the next group gathers while it is on its way, and fewer,
    /// larger groups cost less.</summary>
    [Range(1, 16)]
    public int Writers { get; init; } = 1;

    /// <summary>Webhooks that may wait for their commit; beyond it the answer is 503. Default 5,000.</summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; init; } = 5_000;

    /// <summary>Bytes kept of webhooks that no known key verifies. Default 64 MiB.</summary>
    [Range(0, 4L * 1024 * 1024 * 1024)]
    public long UnverifiedBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most webhooks interpreted in one transaction. Default 2,000.</summary>
    [Range(1, 10_000)]
    public int InterpretLength { get; init; } = 2_000;

    /// <summary>Longest that interpretation steps aside for a burst. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:45")]
    public TimeSpan YieldMax { get; init; } = TimeSpan.FromSeconds(30);
}
