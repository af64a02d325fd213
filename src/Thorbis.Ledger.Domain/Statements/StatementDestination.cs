using System.Text.Json.Serialization;

namespace Thorbis.Ledger.Domain.Statements;

/// <summary>Where a company's statements go by themselves once they are closed. Stored in facts: names are
/// permanent.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MailDestination), "mail")]
[JsonDerivedType(typeof(FolderDestination), "folder")]
[JsonDerivedType(typeof(S3Destination), "s3")]
public abstract record StatementDestination;

/// <param name="RecipientId">Of the address, which stands in no fact: it must be erasable.</param>
public sealed record MailDestination(Guid RecipientId) : StatementDestination;

/// <param name="Path">Below the company's own folder, which lies below the operator's; empty for that one.</param>
public sealed record FolderDestination(string Path) : StatementDestination;

/// <param name="Prefix">What keys begin with; empty for nothing.</param>
/// <param name="Region">Of the bucket, such as <c>eu-central-1</c>.</param>
public sealed record S3Destination(string Bucket, string Prefix, string Region) : StatementDestination;

/// <summary>What an operator lets companies deliver to, beside mailboxes.</summary>
/// <param name="Folder">There is a folder for them.</param>
/// <param name="Buckets">Those that may be named.</param>
public sealed record DestinationOffer(bool Folder, IReadOnlyList<string> Buckets);
