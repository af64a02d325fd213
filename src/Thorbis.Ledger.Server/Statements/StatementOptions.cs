using System.ComponentModel.DataAnnotations;
using Thorbis.Ledger.Domain.Statements;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Section <c>Statements</c>: where companies may have closed statements delivered. Checked at start: a bad
/// value stops the host and is named.</summary>
public sealed class StatementOptions : IValidatableObject
{
    public const string Section = "Statements";

    /// <summary>Folder that statements may be written below, one folder a company; absolute. It must be there: were it
    /// made, a disk that is not mounted would go unseen. None is offered when left out.</summary>
    public string? FolderRoot { get; init; }

    /// <summary>Buckets that companies may name, parted by commas; none when left out.</summary>
    public string? S3Buckets { get; init; }

    /// <summary>Of a storage that speaks S3 but is not Amazon's; absolute, http or https.</summary>
    public string? S3Endpoint { get; init; }

    /// <summary>Key pair for S3; when left out, the SDK's own search finds one.</summary>
    public string? S3AccessKey { get; init; }

    public string? S3SecretKey { get; init; }

    /// <summary>Largest attachment of an e-mail, in bytes as it is attached; a larger file is linked to. Default
    /// 5 MiB.</summary>
    [Range(0, 100 * 1024 * 1024)]
    public int AttachmentBytesMax { get; init; } = 5 * 1024 * 1024;

    /// <summary>How long one attempt to deliver a statement may take. Default 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What companies may name, beside mailboxes.</summary>
    public DestinationOffer Offer => new(
        !string.IsNullOrWhiteSpace(FolderRoot),
        (S3Buckets ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Kept out of logs, whoever writes the settings there.</summary>
    public override string ToString() => Section;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(FolderRoot) && !Path.IsPathFullyQualified(FolderRoot))
        {
            yield return Of(nameof(FolderRoot), "must be an absolute path");
        }
        if (S3Endpoint is not null
            && !(Uri.TryCreate(S3Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return Of(nameof(S3Endpoint), "must be an absolute http or https address");
        }
        if (S3AccessKey is null != S3SecretKey is null)
        {
            yield return Of(nameof(S3SecretKey), $"must be set with {Section}__{nameof(S3AccessKey)}, or neither");
        }
    }

    private static ValidationResult Of(string option, string must) => new($"{Section}__{option} {must}.", [option]);
}
