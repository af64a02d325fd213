using System.Text.Json.Serialization;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Notifications;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Where statements go once they are closed, as people write it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MailDestinationView), "mail")]
[JsonDerivedType(typeof(FolderDestinationView), "folder")]
[JsonDerivedType(typeof(S3DestinationView), "s3")]
public abstract record DestinationView;

/// <param name="Address">One e-mail address. It gets the CSV, zipped where it is large, or a link where it is too
/// large.</param>
public sealed record MailDestinationView(string Address) : DestinationView;

/// <param name="Path">Below the company's own folder: names parted by <c>/</c>; that folder itself when left
/// out.</param>
public sealed record FolderDestinationView(string? Path = null) : DestinationView;

/// <param name="Bucket">One that the operator offers.</param>
/// <param name="Region">Of the bucket, such as <c>eu-central-1</c>.</param>
/// <param name="Prefix">What keys begin with, without a slash at its end; nothing when left out.</param>
public sealed record S3DestinationView(string Bucket, string Region, string? Prefix = null) : DestinationView;

/// <summary>Between destinations as people write them and as facts keep them.</summary>
internal static class DestinationViews
{
    /// <summary>The first that is no e-mail address; null when none is.</summary>
    public static Refusal? RefuseAddresses(IReadOnlyList<DestinationView> views)
    {
        for (var i = 0; i < views.Count; i++)
        {
            if (views[i] is MailDestinationView mail && !EmailAddress.IsValid(mail.Address))
            {
                return Refusal.Of($"destinations[{i}].address", "Expected one e-mail address, such as ap@example.com.");
            }
        }
        return null;
    }

    /// <summary>As facts keep them; addresses that are new get their ids.</summary>
    public static async Task<List<StatementDestination>> KeepAsync(
        FactTransaction change, string company, IReadOnlyList<DestinationView> views, Instant now,
        CancellationToken stop)
    {
        var addresses = views.OfType<MailDestinationView>().Select(mail => mail.Address.ToLowerInvariant())
            .Distinct(StringComparer.Ordinal).ToList();
        var ids = addresses.Zip(await Recipients.IdsAsync(change, company, addresses, now, stop)).ToDictionary();
        return [.. views.Select(view => Kept(view, ids))];
    }

    /// <summary>As people write them; an address that was erased is left out.</summary>
    /// <param name="addresses">By the recipient's id.</param>
    public static IReadOnlyList<DestinationView> Shown(
        IReadOnlyList<StatementDestination> destinations, IReadOnlyDictionary<Guid, string> addresses) =>
        [.. destinations.Select(destination => Shown(destination, addresses)).OfType<DestinationView>()];

    private static StatementDestination Kept(DestinationView view, Dictionary<string, Guid> ids) => view switch
    {
        MailDestinationView mail => new MailDestination(ids[mail.Address.ToLowerInvariant()]),
        FolderDestinationView folder => new FolderDestination(folder.Path ?? ""),
        S3DestinationView s3 => new S3Destination(s3.Bucket, s3.Prefix ?? "", s3.Region),
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.GetType().Name),
    };

    private static DestinationView? Shown(
        StatementDestination destination, IReadOnlyDictionary<Guid, string> addresses) => destination switch
        {
            MailDestination mail => addresses.TryGetValue(mail.RecipientId, out var address)
                ? new MailDestinationView(address) : null,
            FolderDestination folder => new FolderDestinationView(folder.Path),
            S3Destination s3 => new S3DestinationView(s3.Bucket, s3.Region, s3.Prefix),
            _ => throw new ArgumentOutOfRangeException(nameof(destination), destination.GetType().Name),
        };
}
