using System.ComponentModel.DataAnnotations;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Section <c>Reconciliation</c>. Checked at start: a bad value stops the host and is named.</summary>
public sealed class ReconciliationOptions
{
    public const string Section = "Reconciliation";

    /// <summary>Largest file in bytes; a larger one is answered 413. Default 1 GiB.</summary>
    [Range(1024, 64L * 1024 * 1024 * 1024)]
    public long FileBytesMax { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How long a file may take to arrive; a slower one is answered 408. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(15);
}
