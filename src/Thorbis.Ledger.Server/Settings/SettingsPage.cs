using System.Text;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Reconciliation;
using Thorbis.Ledger.Server.Statements;
using Thorbis.Ledger.Server.Webhooks;

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
        new("Demo__ClockHeader",
            "`true` lets requests in Development record members and configuration in the past (header "
            + "`x-demo-clock`), for a demonstration; anywhere else it means nothing.", Default: "false"),
        new("ASPNETCORE_URLS", "Addresses the server listens on."),
    ];

    private static readonly IntakeOptions Intake = new();

    private static readonly Setting[] IntakeSettings =
    [
        OfIntake(nameof(Intake.Tolerance), Intake.Tolerance,
            "How far a webhook's timestamp may lie from now, either way."),
        OfIntake(nameof(Intake.BodyBytesMax), Intake.BodyBytesMax, "Largest webhook, in bytes; a larger one is 413."),
        OfIntake(nameof(Intake.BodyTimeout), Intake.BodyTimeout, "How long a body may take to arrive; slower is 408."),
        OfIntake(nameof(Intake.GroupLength), Intake.GroupLength, "Most webhooks in one transaction."),
        OfIntake(nameof(Intake.Writers), Intake.Writers, "Groups committed at the same time."),
        OfIntake(nameof(Intake.QueueLength), Intake.QueueLength, "Webhooks that may wait for their commit; then 503."),
        OfIntake(nameof(Intake.UnverifiedBytesMax), Intake.UnverifiedBytesMax,
            "Bytes kept of webhooks that no known key verifies."),
        OfIntake(nameof(Intake.InterpretLength), Intake.InterpretLength,
            "Most webhooks interpreted in one transaction."),
        OfIntake(nameof(Intake.YieldMax), Intake.YieldMax, "Longest that interpretation steps aside for a burst."),
    ];

    private static readonly NotificationOptions Notifications = new();

    private static readonly Setting[] NotificationSettings =
    [
        new($"{NotificationOptions.Section}__{nameof(Notifications.Timeout)}",
            "How long one attempt to hand over a notification may take.", Default: $"{Notifications.Timeout}"),
        new($"{NotificationOptions.Section}__{nameof(Notifications.DisableAfter)}",
            "A webhook endpoint of which every attempt failed for so long is disabled.",
            Default: $"{Notifications.DisableAfter}"),
    ];

    private static readonly StatementOptions Statements = new();

    private static readonly Setting[] StatementSettings =
    [
        OfStatements(nameof(Statements.FolderRoot), null,
            "Folder, absolute and there, that companies may have their statements written below, each in one of its "
            + "own; none is offered without it."),
        OfStatements(nameof(Statements.S3Buckets), null,
            "Buckets, parted by commas, that companies may have their statements put into; none without it."),
        OfStatements(nameof(Statements.S3Endpoint), null,
            "Address of a storage that speaks S3, where it is not Amazon's."),
        OfStatements(nameof(Statements.S3AccessKey), null,
            "Key id for S3; without it the usual places are searched (`AWS_ACCESS_KEY_ID`, profile, role)."),
        OfStatements(nameof(Statements.S3SecretKey), null, "Its secret.") with { IsSecret = true },
        OfStatements(nameof(Statements.AttachmentBytesMax), Statements.AttachmentBytesMax,
            "Largest attachment of an e-mail, in bytes; a larger statement is linked to (see SITE_URL)."),
        OfStatements(nameof(Statements.Timeout), Statements.Timeout,
            "How long one attempt to deliver a statement may take."),
    ];

    private static readonly ReconciliationOptions Files = new();

    private static readonly Setting[] ReconciliationSettings =
    [
        OfReconciliation(nameof(Files.FileBytesMax), Files.FileBytesMax,
            "Largest file of detail records, in bytes; a larger one is 413."),
        OfReconciliation(nameof(Files.FileTimeout), Files.FileTimeout,
            "How long such a file may take to arrive; slower is 408."),
    ];

    private static readonly ExportOptions Exports = new();

    private static readonly Setting[] ExportSettings =
    [
        OfExports(nameof(Exports.JobsWaitingMax), Exports.JobsWaitingMax,
            "Exports of one company that may wait or be written in the background; one more is 429."),
        OfExports(nameof(Exports.FileBytesMax), Exports.FileBytesMax,
            "Largest file that is written in the background, in bytes; a larger one fails."),
        OfExports(nameof(Exports.KeptFor), Exports.KeptFor, "How long such a file is kept."),
    ];

    private static readonly AccessLogOptions Accesses = new();

    private static readonly Setting[] AccessLogSettings =
    [
        OfAccessLog(nameof(Accesses.KeptFor), Accesses.KeptFor, "How long entries of the access log are kept."),
        OfAccessLog(nameof(Accesses.Patience), Accesses.Patience,
            "How long an answer waits for its entry in the access log; then the entry is queued."),
        OfAccessLog(nameof(Accesses.QueueLength), Accesses.QueueLength,
            "Entries that may be queued; with more, what is recorded cannot be read: 503."),
    ];

    public static IReadOnlyList<Setting> All { get; } =
    [
        LedgerSettings.TelnyxPublicKey, LedgerSettings.TelnyxApiKey, LedgerSettings.TelnyxConnectionId,
        LedgerSettings.SiteUrlSetting, LedgerSettings.SignIns, LedgerSettings.ObsoleteSecret,
        .. SmtpSettings.All, .. Platform, .. IntakeSettings, .. NotificationSettings,
        .. StatementSettings, .. ReconciliationSettings, .. ExportSettings, .. AccessLogSettings,
    ];

    private static Setting OfIntake<TValue>(string property, TValue value, string meaning) =>
        new($"{IntakeOptions.Section}__{property}", meaning, Default: $"{value}");

    private static Setting OfStatements(string property, object? value, string meaning) =>
        new($"{StatementOptions.Section}__{property}", meaning, Default: value?.ToString());

    private static Setting OfAccessLog<TValue>(string property, TValue value, string meaning) =>
        new($"{AccessLogOptions.Section}__{property}", meaning, Default: $"{value}");

    private static Setting OfExports<TValue>(string property, TValue value, string meaning) =>
        new($"{ExportOptions.Section}__{property}", meaning, Default: $"{value}");

    private static Setting OfReconciliation<TValue>(string property, TValue value, string meaning) =>
        new($"{ReconciliationOptions.Section}__{property}", meaning, Default: $"{value}");

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
