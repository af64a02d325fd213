using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Mailboxes;

/// <summary>All that was ever decided of a voicemail box: who, when, from when on, why, from where.</summary>
public static class GetMailboxVersions
{
    /// <param name="Settings">Whole; left out where the version retired the box or was about its PIN.</param>
    public sealed record MailboxSettingsView(VersionView Decided, Mailbox? Settings);

    public static void Map(RouteGroupBuilder api)
    {
        var versions = api.MapGroup("/mailboxes/{mailboxId}/versions").WithTags("Mailboxes");
        versions.MapGet("", (
                string mailboxId, [AsParameters] PageAsk ask, HttpContext context, ConfigurationReading reading,
                CancellationToken stop) => ConfigurationVersions.ListAsync(
                reading, context, ask, MailboxSetup.StreamOf(mailboxId), MailboxSetup.Thing, stop))
            .DeclareVersions(Permissions.ReadMailboxVersions, "GetMailboxVersions", "a voicemail box");
        versions.MapGet("/{version:int:min(1)}", GetAsync).DeclareVersion<MailboxSettingsView>(
            Permissions.ReadMailboxVersions, "GetMailboxVersion", "One version with its settings, in force or not.");
    }

    private static async Task<IResult> GetAsync(
        string mailboxId, int version, HttpContext context, ConfigurationReading reading, CancellationToken stop)
    {
        var history = await reading.ReadAsync(context.User, stop);
        var changes = history.Of(MailboxSetup.StreamOf(mailboxId));
        return version <= changes.Count
            ? Results.Ok(new MailboxSettingsView(
                VersionView.Of(changes[version - 1], version), history.Mailboxes[mailboxId].AtVersion(version)))
            : Problems.NotFound("version");
    }
}
