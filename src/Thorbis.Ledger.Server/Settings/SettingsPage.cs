using System.Text;

namespace Thorbis.Ledger.Server.Settings;

/// <summary>docs/settings.md, from the same descriptors that the server reads.</summary>
public static class SettingsPage
{
    /// <summary>Settings that the platform beneath reads, told here so that one page has all.</summary>
    private static readonly Setting[] Platform =
    [
        new("ConnectionStrings__Ledger",
            "Postgres login that owns the tables. Without it, Development starts a private Postgres of its own.",
            IsSecret: true),
        new("ConnectionStrings__LedgerTenant", "Postgres login that may only read, under row level security.",
            IsSecret: true),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", "Where traces and metrics are sent; nothing is sent without it."),
        new("ASPNETCORE_ENVIRONMENT", "`Development` seeds an operator and a development key; anything else does not.",
            Default: "Production"),
        new("ASPNETCORE_URLS", "Addresses the server listens on."),
    ];

    public static IReadOnlyList<Setting> All { get; } =
    [
        LedgerSettings.TelnyxPublicKey, LedgerSettings.TelnyxApiKey, LedgerSettings.TelnyxConnectionId,
        LedgerSettings.SiteUrlSetting, LedgerSettings.SignIns, LedgerSettings.ObsoleteSecret, .. Platform,
    ];

    public static string Render()
    {
        var page = new StringBuilder("""
            # Settings

            Generated from `src/Thorbis.Ledger.Server/Settings`; `LEDGER_WRITE_DOCS=1 ./dev test` writes it anew. Each
            setting is an environment variable or a configuration key, checked when the server starts: a value that
            cannot be used stops it with a sentence that names the setting. No secret is ever sent to a browser.

            | name | also read as | default | secret | meaning |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var setting in All)
        {
            var publicForm = setting.HasPublicForm ? $"`{Setting.PublicPrefix}{setting.Name}`" : "";
            var value = setting.Default is null ? "" : $"`{setting.Default}`";
            page.Append($"| `{setting.Name}` | {publicForm} | {value} | {(setting.IsSecret ? "yes" : "")} ");
            page.Append($"| {setting.Meaning} |\n");
        }
        return page.ToString();
    }
}
