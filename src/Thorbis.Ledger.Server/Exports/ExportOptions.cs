using System.ComponentModel.DataAnnotations;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Section <c>Exports</c>. Checked at start: a bad value stops the host and is named.</summary>
public sealed class ExportOptions
{
    public const string Section = "Exports";

    /// <summary>Jobs of one company that may be queued or running; one more is answered 429. Default 10.</summary>
    [Range(1, 1000)]
    public int JobsWaitingMax { get; init; } = 10;

    /// <summary>Largest file of a job, in bytes; a job for a larger one fails. Default 1 GiB.</summary>
    [Range(1024, 64L * 1024 * 1024 * 1024)]
    public long FileBytesMax { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How long the file of a job is kept. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromDays(7);
}
