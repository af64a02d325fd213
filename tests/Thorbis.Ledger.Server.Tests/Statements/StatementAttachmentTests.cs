using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Settings;
using Thorbis.Ledger.Server.Statements;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Statements;

/// <summary>What an e-mail holds of a short, a long and a very long statement.</summary>
[Collection<LedgerTests>]
public sealed class StatementAttachmentTests(LedgerHost ledger)
{
    private const int Kibi = 1024;
    private static readonly LocalDate Month = new(2026, 2, 1);

    [Theory]
    [InlineData(256 * Kibi, 5 * 1024 * Kibi, "statement-2026-02.csv")]
    [InlineData((256 * Kibi) + 1, 5 * 1024 * Kibi, "statement-2026-02.zip")]
    [InlineData((2 * 1024 * Kibi) + 7, 5 * 1024 * Kibi, "statement-2026-02.zip")] // Three pieces.
    [InlineData(1024, 1024, "statement-2026-02.csv")]
    [InlineData(1025, 1024, null)]
    [InlineData(2 * 1024 * Kibi, 1024 * Kibi, null)] // What was random does not get shorter.
    [InlineData(1, 0, null)]
    public async Task Small_ones_are_attached_large_ones_zipped_and_larger_ones_linked_to(
        int length, int most, string? attached)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        var company = await ledger.CompanyAsync();
        await KeepAsync(company, bytes);

        var body = await Attachment(most).BodyAsync(Delivery(company), Stop);

        if (attached is null)
        {
            Assert.EndsWith(
                "too large for an e-mail: https://ledger.example/api/v1/statements/2026-02/lines.csv",
                Assert.IsType<TextPart>(body).Text.TrimEnd(), StringComparison.Ordinal);
            return;
        }
        var part = Assert.IsType<MimePart>(Assert.IsType<Multipart>(body)[1]);
        Assert.Equal(attached, part.FileName);
        Assert.Equal(bytes, await ContentAsync(part));
    }

    /// <summary>As closing a month does, with bytes that no bill has.</summary>
    private async Task KeepAsync(string company, byte[] bytes)
    {
        await using var change = await ledger.Transactions.BeginAsync(Stop);
        await using var pieces = new FilePieces(change.Connection, StatementBooks.FileOf(company, Month));
        await pieces.WriteAsync(bytes, Stop);
        await pieces.EndAsync(Stop);
        await change.ExecuteAsync(
            "insert into ledger.statement values ($1, $2, 1, now(), $3, $4)", Stop, company, Month,
            Convert.ToHexStringLower(SHA256.HashData(bytes)), pieces.Length);
        await change.CommitAsync(Stop);
    }

    private StatementAttachment Attachment(int most) => new(
        ledger.Database, new LedgerSettings([], null, null, new("https://ledger.example/"), 1, []),
        Options.Create(new StatementOptions { AttachmentBytesMax = most }));

    private static Delivery Delivery(string company) => new(
        Guid.CreateVersion7(), company, Guid.CreateVersion7(), "statement_closed", null, "subject", "text", 0, 0, null,
        null, "ap@example.com", Month: Month);

    private static async Task<byte[]> ContentAsync(MimePart part)
    {
        using var content = new MemoryStream();
        await part.Content!.DecodeToAsync(content, Stop);
        if (part.FileName!.EndsWith(".csv", StringComparison.Ordinal))
        {
            return content.ToArray();
        }
        using var archive = new ZipArchive(content);
        var entry = Assert.Single(archive.Entries);
        Assert.Equal("statement-2026-02.csv", entry.Name);
        using var file = new MemoryStream();
        await using var packed = await entry.OpenAsync(Stop);
        await packed.CopyToAsync(file, Stop);
        return file.ToArray();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
