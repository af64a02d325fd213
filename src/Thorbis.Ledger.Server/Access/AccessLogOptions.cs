using System.ComponentModel.DataAnnotations;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Section <c>AccessLog</c>. Checked at start: a bad value stops the host and is named.</summary>
public sealed class AccessLogOptions
{
    public const string Section = "AccessLog";

    /// <summary>How long an entry is kept. Default 3660 days.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", "36600.00:00:00")]
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromDays(3660);

    /// <summary>How long an answer waits for its entry to be written. Default half a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:30")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Entries that may wait to be written later; with more, what is recorded cannot be read. Default
    /// 1000.</summary>
    [Range(1, 100_000)]
    public int QueueLength { get; init; } = 1_000;
}
