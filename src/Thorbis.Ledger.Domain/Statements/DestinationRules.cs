namespace Thorbis.Ledger.Domain.Statements;

/// <summary>Which destinations can be taken, and what a statement is called there.</summary>
public static class DestinationRules
{
    /// <summary>Of one company.</summary>
    public const int Most = 20;
    private const int PathLengthMax = 200;
    private const int RegionLengthMax = 32;

    /// <summary>The first that cannot be taken, by its field; null when all can.</summary>
    public static Refusal? Refuse(IReadOnlyList<StatementDestination> destinations, DestinationOffer offer)
    {
        if (destinations.Count > Most)
        {
            return Refusal.Of("destinations", $"A company has at most {Most}.");
        }
        for (var i = 0; i < destinations.Count; i++)
        {
            var field = $"destinations[{i}]";
            if (destinations.Take(i).Contains(destinations[i]))
            {
                return Refusal.Of(field, "It is in the list already.");
            }
            if (Refuse(destinations[i], field, offer) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    }

    /// <summary>The same statement always has the same name: delivered again, it replaces itself.</summary>
    /// <param name="month">Such as <c>2026-10</c>.</param>
    public static string FileName(string month) => $"statement-{month}.csv";

    /// <summary>Below the operator's folder. The company comes first: none reaches into another's.</summary>
    public static string FileOf(FolderDestination folder, string company, string month) =>
        Join(company, folder.Path, FileName(month));

    /// <summary>In the bucket. The company's id stands in it, so that two of one bucket never meet.</summary>
    public static string KeyOf(S3Destination s3, string company, string month) =>
        Join(s3.Prefix, company, FileName(month));

    private static Refusal? Refuse(StatementDestination destination, string field, DestinationOffer offer) =>
        destination switch
        {
            FolderDestination when !offer.Folder => Refusal.Of(
                field, "This ledger offers no folder: its operator sets Statements__FolderRoot."),
            FolderDestination folder when !IsPath(folder.Path) => Refusal.Of($"{field}.path", PathExpected),
            S3Destination s3 when !offer.Buckets.Contains(s3.Bucket) => Refusal.Of(
                $"{field}.bucket", "No bucket that this ledger may write to: its operator sets Statements__S3Buckets."),
            S3Destination s3 when !IsPath(s3.Prefix) => Refusal.Of($"{field}.prefix", PathExpected),
            S3Destination s3 when !IsRegion(s3.Region) => Refusal.Of(
                $"{field}.region", "Expected a region, such as eu-central-1."),
            _ => null,
        };

    private static string PathExpected =>
        $"Expected names of a-z, A-Z, 0-9, hyphen, underscore and dot, none beginning with a dot, parted by /; at most "
        + $"{PathLengthMax} characters.";

    /// <summary>Nothing that leads elsewhere or hides: no empty name, no <c>..</c>, no leading or trailing
    /// slash.</summary>
    private static bool IsPath(string path) =>
        path.Length <= PathLengthMax && (path.Length == 0 || path.Split('/').All(IsName));

    private static bool IsName(string name) =>
        name.Length > 0 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>It becomes part of a host name: nothing but letters, digits and hyphens.</summary>
    private static bool IsRegion(string region) =>
        region.Length is > 0 and <= RegionLengthMax && char.IsAsciiLetterLower(region[0])
        && region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Join(params string[] parts) => string.Join('/', parts.Where(part => part.Length > 0));
}
