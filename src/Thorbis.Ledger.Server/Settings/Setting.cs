namespace Thorbis.Ledger.Server.Settings;

/// <summary>One setting, as docs/settings.md tells of it.</summary>
/// <param name="Name">Environment variable or configuration key.</param>
/// <param name="Meaning">What it is, its form and unit, in a sentence or two.</param>
/// <param name="Default">What holds when it is not set; null when nothing does.</param>
/// <param name="HasPublicForm">Also read under <c>NEXT_PUBLIC_</c> and the name; the plain name wins.</param>
/// <param name="IsSecret">Never shown, never sent to a browser.</param>
public sealed record Setting(
    string Name, string Meaning, string? Default = null, bool HasPublicForm = false, bool IsSecret = false)
{
    public const string PublicPrefix = "NEXT_PUBLIC_";

    /// <summary>The trimmed value; null when it is not set or blank.</summary>
    public string? Read(IConfiguration configuration) =>
        Text(configuration[Name]) ?? (HasPublicForm ? Text(configuration[PublicPrefix + Name]) : null);

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>A setting has a value the ledger cannot run with; the message is one sentence that names it.</summary>
public sealed class SettingException(string message) : Exception(message);
