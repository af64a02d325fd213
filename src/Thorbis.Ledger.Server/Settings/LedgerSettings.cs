using System.Globalization;

namespace Thorbis.Ledger.Server.Settings;

/// <summary>The settings people give; read and checked once, when the server starts.</summary>
/// <param name="PublicKeys">Ed25519 keys that sign webhooks, 32 bytes each; several while one is replaced.</param>
/// <param name="SignInsPerMinute">Most sign-ins from one address in a minute.</param>
/// <param name="Notices">What an operator should mend, though the server runs with it.</param>
/// <param name="Mail">Where e-mail is handed over; null sends none.</param>
public sealed record LedgerSettings(
    IReadOnlyList<byte[]> PublicKeys, string? ApiKey, string? ConnectionId, Uri? SiteUrl, int SignInsPerMinute,
    IReadOnlyList<string> Notices, SmtpSettings? Mail = null)
{
    public static readonly Setting TelnyxPublicKey = new("TELNYX_PUBLIC_KEY",
        "Public keys that sign Telnyx's webhooks, from its portal: base64 of 32 bytes each; several are parted by "
        + "commas, spaces or line breaks. Required outside Development unless an operator has added a key.",
        HasPublicForm: true);

    public static readonly Setting TelnyxApiKey = new("TELNYX_API_KEY",
        "Key for Telnyx's REST API.", HasPublicForm: true, IsSecret: true);

    public static readonly Setting TelnyxConnectionId = new("TELNYX_CONNECTION_ID",
        "Telnyx connection (application) that calls are placed through; digits.", HasPublicForm: true);

    public static readonly Setting SiteUrlSetting = new("SITE_URL",
        "Where browsers reach the ledger; absolute, http or https.", HasPublicForm: true);

    public static readonly Setting SignIns = new("SIGN_INS_PER_MINUTE",
        "Most sign-ins from one address in a minute; 1 to 100000.", Default: "30");

    public static readonly Setting ObsoleteSecret = new("TELNYX_WEBHOOK_SECRET",
        "Obsolete: webhooks are signed with Ed25519, which needs no shared secret. It is not used, and said so in the "
        + "log.", IsSecret: true);

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="SettingException">The first setting that cannot be used, by name.</exception>
    public static LedgerSettings Read(IConfiguration configuration) => new(
        Keys(TelnyxPublicKey.Read(configuration)),
        Checked(TelnyxApiKey, configuration, text => text.All(IsKeyCharacter),
            "must be one key without spaces"),
        Checked(TelnyxConnectionId, configuration, text => text.All(char.IsAsciiDigit), "must be digits alone"),
        Checked(SiteUrlSetting, configuration, IsWebAddress, "must be an absolute http or https address") is { } site
            ? new Uri(site) : null,
        int.Parse(Checked(SignIns, configuration, IsSignInLimit, "must be a whole number from 1 to 100000")
            ?? SignIns.Default!, CultureInfo.InvariantCulture),
        [.. NoticesOf(configuration)], SmtpSettings.Read(configuration));

    private static List<byte[]> Keys(string? list)
    {
        var keys = new List<byte[]>();
        foreach (var text in list?.Split([',', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var key = new byte[64];
            if (!Convert.TryFromBase64String(text, key, out var length) || length != 32)
            {
                throw new SettingException(
                    $"{TelnyxPublicKey.Name} must hold Ed25519 public keys of 32 bytes in base64, parted by commas.");
            }
            keys.Add(key[..length]);
        }
        return keys;
    }

    private static string? Checked(
        Setting setting, IConfiguration configuration, Func<string, bool> accepts, string must) =>
        setting.Read(configuration) is not { } text || accepts(text)
            ? setting.Read(configuration)
            : throw new SettingException($"{setting.Name} {must}.");

    private static bool IsKeyCharacter(char c) => c is > ' ' and < '\u007f';

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static bool IsSignInLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        && limit is >= 1 and <= 100_000;

    private static IEnumerable<string> NoticesOf(IConfiguration configuration)
    {
        if (ObsoleteSecret.Read(configuration) is not null)
        {
            yield return $"{ObsoleteSecret.Name} is obsolete and not used: Telnyx signs webhooks with Ed25519, "
                + $"checked with {TelnyxPublicKey.Name}.";
        }
        if (!string.IsNullOrEmpty(configuration[Setting.PublicPrefix + TelnyxApiKey.Name]))
        {
            yield return $"{Setting.PublicPrefix}{TelnyxApiKey.Name} names a secret as public: front-end builds put "
                + $"such values into pages, so set {TelnyxApiKey.Name} instead.";
        }
    }
}
