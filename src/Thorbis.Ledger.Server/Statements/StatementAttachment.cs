using System.IO.Compression;
using Microsoft.Extensions.Options;
using MimeKit;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Settings;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>What an e-mail about a statement holds: its CSV as it is, zipped where that is long, or where even that is
/// too large only where to find it. Holds no more than the largest attachment.</summary>
internal sealed class StatementAttachment(
    LedgerDatabase database, LedgerSettings settings, IOptions<StatementOptions> options)
{
    /// <summary>Longer ones are zipped.</summary>
    private const int PlainBytesMax = 256 * 1024;

    /// <summary>Of an attempt: a file takes longer than a notice.</summary>
    public TimeSpan Timeout => options.Value.Timeout;

    /// <exception cref="SpoiledStatementException">The bytes are not those that were closed.</exception>
    public async Task<MimeEntity> BodyAsync(Delivery delivery, CancellationToken stop)
    {
        var content = await StatementContent.FindAsync(database, delivery.Company, delivery.Month!.Value, stop);
        var name = DestinationRules.FileName(StatementDecider.MonthName(content.Month));
        var zip = content.Length > PlainBytesMax;
        if (await BytesAsync(content, name, zip, stop) is not { } bytes)
        {
            var where = $"The file is too large for an e-mail: {Link(content)}\r\n";
            return new TextPart("plain") { Text = delivery.Body + where };
        }
        return new Multipart("mixed")
        {
            new TextPart("plain") { Text = $"{delivery.Body}The file is attached{(zip ? ", zipped" : "")}.\r\n" },
            new MimePart(zip ? "application/zip" : "text/csv")
            {
                Content = new MimeContent(bytes),
                ContentDisposition = new(ContentDisposition.Attachment),
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = zip ? Path.ChangeExtension(name, ".zip") : name,
            },
        };
    }

    /// <returns>Null where they are too many.</returns>
    private async Task<MemoryStream?> BytesAsync(
        StatementContent content, string name, bool zip, CancellationToken stop)
    {
        var most = options.Value.AttachmentBytesMax;
        // Of a fixed capacity: it refuses what is written beyond.
        var bytes = new MemoryStream(new byte[zip ? most : Math.Min(most, PlainBytesMax)]);
        bytes.SetLength(0);
        try
        {
            await (zip ? ZipAsync(content, name, bytes, stop) : content.CopyToAsync(bytes, stop));
        }
        catch (NotSupportedException)
        {
            return null;
        }
        bytes.Position = 0;
        return bytes;
    }

    private static async Task ZipAsync(
        StatementContent content, string name, MemoryStream bytes, CancellationToken stop)
    {
        using var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true);
        var entry = archive.CreateEntry(name);
        // Not the time of the attempt: the same statement is the same attachment.
        entry.LastWriteTime = content.ClosedAt.ToDateTimeOffset();
        await using var file = await entry.OpenAsync(stop);
        await content.CopyToAsync(file, stop);
    }

    private string Link(StatementContent content)
    {
        var path = $"/api/v1/statements/{StatementDecider.MonthName(content.Month)}/lines.csv";
        return settings.SiteUrl is { } site ? new Uri(site, path).ToString() : $"GET {path}";
    }
}
