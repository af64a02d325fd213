namespace Thorbis.Ledger.Server.Mailboxes;

/// <summary>Wires the operations of voicemail boxes.</summary>
public static class MailboxSetup
{
    internal const string Thing = "voicemail box";

    internal static string StreamOf(string mailboxId) => $"mailbox/{mailboxId}";

    public static IServiceCollection AddMailboxes(this IServiceCollection services) =>
        services.AddSingleton<MailboxPins>();

    public static void MapMailboxes(this RouteGroupBuilder api)
    {
        GetMailboxes.Map(api);
        GetMailboxVersions.Map(api);
        ChangeMailbox.Map(api);
        SetMailboxPin.Map(api);
    }
}
