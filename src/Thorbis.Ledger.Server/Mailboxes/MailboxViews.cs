using NodaTime;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Server.Configuration;

namespace Thorbis.Ledger.Server.Mailboxes;

/// <summary>What is in force of a voicemail box at an instant.</summary>
/// <param name="Version">The last decided, which the next change names in <c>If-Match</c>.</param>
/// <param name="At">The instant asked about.</param>
/// <param name="InForce">The version whose settings were in force then; left out while pending.</param>
/// <param name="Settings">Those in force then; left out while pending or retired.</param>
/// <param name="PinSet">Whether it had a PIN then; the PIN itself is shown to nobody.</param>
public sealed record MailboxView(
    string MailboxId, int Version, ConfigurationStatus Status, Instant At, int? InForce, Mailbox? Settings,
    bool PinSet)
{
    internal static MailboxView Of(string mailboxId, MailboxHistory box, Instant at) => new(
        mailboxId, box.Version, StatusOf(box, at), at, box.VersionInForce(at), box.InForce(at), box.HasPin(at));

    internal static ConfigurationStatus StatusOf(MailboxHistory box, Instant at) =>
        box.VersionInForce(at) is null ? ConfigurationStatus.Pending
        : box.InForce(at) is null ? ConfigurationStatus.Retired
        : ConfigurationStatus.InForce;
}

/// <summary>A voicemail box of the list.</summary>
/// <param name="Name">While it is not in force, as it will be.</param>
/// <param name="Version">The last decided, in force or not yet.</param>
public sealed record MailboxListItem(
    string MailboxId, string Name, int Version, ConfigurationStatus Status, bool PinSet);

/// <param name="Version">For the <c>If-Match</c> of the next change; also the <c>ETag</c>.</param>
public sealed record MailboxChangedView(string MailboxId, int Version);
