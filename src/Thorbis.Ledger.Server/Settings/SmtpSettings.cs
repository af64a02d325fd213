using System.Globalization;
using Thorbis.Ledger.Domain.Notifications;

namespace Thorbis.Ledger.Server.Settings;

/// <summary>Whether the way to the mail server is encrypted.</summary>
public enum SmtpTls
{
    /// <summary>In clear, then upgraded; a server that cannot is not used.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}

/// <summary>The server that e-mail is handed over to.</summary>
/// <param name="User">Null where the server asks for none, as <paramref name="Password"/>.</param>
/// <param name="From">The address that e-mails come from.</param>
public sealed record SmtpSettings(string Host, int Port, string? User, string? Password, string From, SmtpTls Tls)
{
    public static readonly Setting HostSetting = new("SMTP_HOST",
        "Server that e-mail is handed over to; without it none is sent, and every attempt says so.");

    public static readonly Setting PortSetting = new("SMTP_PORT", "Its port; 1 to 65535.", Default: "587");

    public static readonly Setting TlsSetting = new("SMTP_TLS",
        "`starttls`, `tls` (from the first byte) or `none`, which sends no password.", Default: "starttls");

    public static readonly Setting UserSetting = new("SMTP_USER", "User name at that server, where it asks for one.");

    public static readonly Setting PasswordSetting = new("SMTP_PASSWORD", "That user's password.", IsSecret: true);

    public static readonly Setting FromSetting = new("SMTP_FROM",
        "Address that e-mails come from; required beside SMTP_HOST.");

    public static readonly IReadOnlyList<Setting> All =
        [HostSetting, PortSetting, TlsSetting, UserSetting, PasswordSetting, FromSetting];

    /// <summary>Kept out of logs, whoever writes the settings there.</summary>
    public override string ToString() => $"{Host}:{Port} ({Tls})";

    /// <returns>Null where no server is named.</returns>
    /// <exception cref="SettingException">The first setting that cannot be used, by name.</exception>
    public static SmtpSettings? Read(IConfiguration configuration)
    {
        var (user, password) = (UserSetting.Read(configuration), PasswordSetting.Read(configuration));
        var tls = TlsOf(TlsSetting.Read(configuration) ?? TlsSetting.Default!);
        var port = PortOf(PortSetting.Read(configuration) ?? PortSetting.Default!);
        var from = FromSetting.Read(configuration);
        Require(from is null || EmailAddress.IsValid(from), FromSetting, "must be an e-mail address");
        if (HostSetting.Read(configuration) is not { } host)
        {
            return null;
        }
        Require(Uri.CheckHostName(host) != UriHostNameType.Unknown, HostSetting, "must be a host name or address");
        Require(from is not null, FromSetting, $"must be set beside {HostSetting.Name}");
        Require(user is null == password is null, PasswordSetting, $"must be set with {UserSetting.Name}, or neither");
        Require(password is null || tls != SmtpTls.None, PasswordSetting,
            $"must not be sent in clear: set {TlsSetting.Name} to starttls or tls");
        return new(host, port, user, password, from!, tls);
    }

    private static int PortOf(string text)
    {
        var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        Require(read && port is >= 1 and <= 65_535, PortSetting, "must be a whole number from 1 to 65535");
        return port;
    }

    private static SmtpTls TlsOf(string text)
    {
        var read = Enum.TryParse<SmtpTls>(text, ignoreCase: true, out var tls) && !char.IsAsciiDigit(text[0]);
        Require(read, TlsSetting, "must be starttls, tls or none");
        return tls;
    }

    private static void Require(bool holds, Setting setting, string must)
    {
        if (!holds)
        {
            throw new SettingException($"{setting.Name} {must}.");
        }
    }
}
