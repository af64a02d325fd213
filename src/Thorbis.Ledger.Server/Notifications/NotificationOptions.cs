using System.ComponentModel.DataAnnotations;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Section <c>Notifications</c>. Checked at start: a bad value stops the host and is named.</summary>
public sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>How long one attempt to hand over a notification may take. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>An endpoint of which every attempt failed for so long is disabled. Default 5 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "60.00:00:00")]
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);
}
