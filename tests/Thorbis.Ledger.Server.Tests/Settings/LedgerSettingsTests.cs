using Microsoft.Extensions.Configuration;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Settings;
using Thorbis.Ledger.Server.Statements;
using Thorbis.Ledger.Server.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Settings;

public sealed class LedgerSettingsTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Other = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=";

    [Theory]
    [InlineData("TELNYX_PUBLIC_KEY", $"{Key},{Other}")]
    [InlineData("TELNYX_PUBLIC_KEY", $"{Key} {Other}")]
    [InlineData("TELNYX_PUBLIC_KEY", $" {Key},\n  {Other}\n")]
    [InlineData("NEXT_PUBLIC_TELNYX_PUBLIC_KEY", $"{Key}\n{Other}")]
    public void Public_keys_are_a_list(string name, string value) =>
        Assert.Equal([Key, Other], Read((name, value)).PublicKeys.Select(Convert.ToBase64String));

    [Theory]
    [InlineData("TELNYX_PUBLIC_KEY", "AAAA")]
    [InlineData("TELNYX_PUBLIC_KEY", "not base64")]
    [InlineData("TELNYX_API_KEY", "two words")]
    [InlineData("TELNYX_CONNECTION_ID", "my-connection")]
    [InlineData("SITE_URL", "ledger.example.com")]
    [InlineData("SITE_URL", "ftp://ledger.example.com")]
    [InlineData("SIGN_INS_PER_MINUTE", "none")]
    [InlineData("SMTP_PORT", "70000")]
    [InlineData("SMTP_TLS", "maybe")]
    [InlineData("SMTP_FROM", "nobody")]
    public void A_value_that_cannot_be_used_is_named_in_one_sentence(string name, string value)
    {
        var refused = Assert.Throws<SettingException>(() => Read((name, value)));

        Assert.StartsWith(name + " must ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail server", "a@b.example", null, null, "tls", "SMTP_HOST")]
    [InlineData("mail.example", null, null, null, "tls", "SMTP_FROM")]
    [InlineData("mail.example", "a@b.example", "me", null, "tls", "SMTP_PASSWORD")]
    [InlineData("mail.example", "a@b.example", "me", "s3cret", "none", "SMTP_PASSWORD")]
    [InlineData("mail.example", "a@b.example", "me", "s3cret", "starttls", null)]
    [InlineData("127.0.0.1", "a@b.example", null, null, "none", null)]
    public void A_mail_server_is_named_with_all_it_needs(
        string host, string? from, string? user, string? password, string tls, string? refused)
    {
        (string, string)[] values =
        [
            ("SMTP_HOST", host), ("SMTP_FROM", from ?? ""), ("SMTP_USER", user ?? ""),
            ("SMTP_PASSWORD", password ?? ""), ("SMTP_TLS", tls),
        ];

        var thrown = Record.Exception(() => Read(values));

        Assert.Equal(refused, thrown?.Message.Split(' ')[0]);
        Assert.DoesNotContain("s3cret", $"{thrown}{(thrown is null ? Read(values).ToString() : "")}",
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_plain_name_wins_over_the_public_form()
    {
        var settings = Read(("SITE_URL", "https://a.example"), ("NEXT_PUBLIC_SITE_URL", "https://b.example"));

        Assert.Equal("https://a.example/", settings.SiteUrl?.ToString());
    }

    [Fact]
    public void The_webhook_secret_is_called_obsolete() =>
        Assert.Contains(
            "obsolete", Assert.Single(Read(("TELNYX_WEBHOOK_SECRET", "s3cret")).Notices), StringComparison.Ordinal);

    [Fact]
    public void A_secret_under_a_public_name_is_used_and_called_out()
    {
        var settings = Read(("NEXT_PUBLIC_TELNYX_API_KEY", "KEY0123"));

        Assert.Equal("KEY0123", settings.ApiKey);
        Assert.Contains("NEXT_PUBLIC_TELNYX_API_KEY", Assert.Single(settings.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_set_is_nothing_wrong() => Assert.Empty(Read().Notices);

    /// <summary>So that an option added to the intake is not forgotten on the page.</summary>
    [Fact]
    public void The_settings_page_has_every_option_of_the_intake() =>
        Assert.All(typeof(IntakeOptions).GetProperties(), option =>
            Assert.Contains($"Intake__{option.Name}", SettingsPage.All.Select(setting => setting.Name)));

    [Fact]
    public void The_settings_page_has_every_option_of_the_notifications() =>
        Assert.All(typeof(NotificationOptions).GetProperties(), option =>
            Assert.Contains($"Notifications__{option.Name}", SettingsPage.All.Select(setting => setting.Name)));

    [Fact]
    public void The_settings_page_has_every_option_of_the_statements() =>
        Assert.All(typeof(StatementOptions).GetProperties().Where(option => option.CanWrite), option =>
            Assert.Contains($"Statements__{option.Name}", SettingsPage.All.Select(setting => setting.Name)));

    [Theory]
    [InlineData("books", null, null, "Statements__FolderRoot must be an absolute path.")]
    [InlineData(null, "s3.example", null, "Statements__S3Endpoint must be an absolute http or https address.")]
    [InlineData(null, null, "id", "Statements__S3SecretKey must be set with Statements__S3AccessKey, or neither.")]
    [InlineData("/var/statements", "https://s3.example", null, null)]
    public void Where_statements_go_is_checked_at_start(string? root, string? endpoint, string? key, string? wrong)
    {
        var options = new StatementOptions { FolderRoot = root, S3Endpoint = endpoint, S3AccessKey = key };

        Assert.Equal(wrong, options.Validate(new(options)).SingleOrDefault()?.ErrorMessage);
    }

    [Fact]
    public void The_settings_page_has_every_option_of_the_exports() =>
        Assert.All(typeof(ExportOptions).GetProperties(), option =>
            Assert.Contains($"Exports__{option.Name}", SettingsPage.All.Select(setting => setting.Name)));

    [Fact]
    public void The_settings_page_is_the_one_generated()
    {
        var page = Path.Combine(Repository(), "docs", "settings.md");
        if (Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1")
        {
            File.WriteAllText(page, SettingsPage.Render());
        }

        Assert.Equal(SettingsPage.Render(), File.ReadAllText(page));
    }

    private static LedgerSettings Read(params (string Name, string Value)[] values) =>
        LedgerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(
            values.Select(pair => KeyValuePair.Create<string, string?>(pair.Name, pair.Value))).Build());

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Thorbis.Ledger.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }
        return folder;
    }
}
