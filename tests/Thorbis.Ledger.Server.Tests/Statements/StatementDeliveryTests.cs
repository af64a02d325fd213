using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Statements;
using Thorbis.Ledger.Server.Tests.Budgets;
using Thorbis.Ledger.Server.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Statements;

/// <summary>From the closing of a month to where its statement goes.</summary>
[Collection<BudgetLedgerTests>]
public sealed class StatementDeliveryTests(BudgetHost ledger)
{
    private static readonly object Bucket = new { kind = "s3", bucket = S3Listener.Bucket, region = "eu-central-1" };

    [Fact]
    public async Task A_closed_month_goes_by_itself_to_mailbox_folder_and_bucket_as_the_bytes_that_were_closed()
    {
        var (company, billing) = await CompanyAsync();
        var address = ledger.Unique("ap") + "@acme.example";
        await SetAsync(
            billing, new { address, kind = "mail" }, new { kind = "folder", path = "books/2025" },
            new { kind = "s3", bucket = S3Listener.Bucket, region = "eu-central-1", prefix = "telephone" });

        var closed = (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        var deliveries = await DeliveredAsync(billing, 3);

        var sha256 = closed.Text("sha256");
        var file = await File.ReadAllBytesAsync(
            Path.Combine(ledger.Folder, company, "books/2025/statement-2025-12.csv"), Stop);
        Assert.Equal(sha256, Hash(file));
        Assert.Equal(file, ledger.Storage.Objects[$"telephone/{company}/statement-2025-12.csv"]);
        var mail = Assert.Single(ledger.Mail.Received, mail => mail.To.Contains(address));
        Assert.Equal($"Statement of {company} for December 2025", mail.Header("Subject"));
        Assert.Contains($"SHA-256:  {sha256}\r\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("deck:     0.03 USD (exactly 0.03225806) in 1 lines\r\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("filename=statement-2025-12.csv", mail.Text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(file)[..60], mail.Text, StringComparison.Ordinal);
        Assert.Equal(["folder", "mail", "s3"], deliveries.Select(d => Text(d.GetProperty("target"), "kind")).Order());
        Assert.All(deliveries, delivery => Assert.Equal("2025-12", Text(delivery, "statement")));
        (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        Assert.Equal(3, (await billing.GetAsync("deliveries")).Items.Length);
    }

    [Fact]
    public async Task A_statement_is_on_its_way_to_each_destination_once_however_often_it_is_queued()
    {
        var (company, billing) = await CompanyAsync();
        await SetAsync(billing, Bucket, new { kind = "folder" });
        (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        var closed = await ledger.Database.ReadAsync(
            company, connection => StatementBooks.ClosedAsync(connection, company, null, Stop), Stop);

        await using (var change = await ledger.Transactions.BeginAsync(Stop))
        {
            await StatementNotice.QueueAsync(
                change, company, closed.Single(),
                [new FolderDestination(""), new S3Destination(S3Listener.Bucket, "", "eu-central-1")], Stop);
            await change.CommitAsync(Stop);
        }

        Assert.Equal(2, (await DeliveredAsync(billing, 2)).Count);
        Assert.All(
            (await billing.GetAsync("deliveries")).Items,
            delivery => Assert.Equal(1, delivery.GetProperty("attempts").GetArrayLength()));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_tried_again_and_then_holds_the_whole_file_and_nothing_else()
    {
        var (company, billing) = await CompanyAsync();
        await SetAsync(billing, new { kind = "folder", path = "books" });
        Directory.CreateDirectory(Path.Combine(ledger.Folder, company));
        var inTheWay = Path.Combine(ledger.Folder, company, "books");
        await File.WriteAllTextAsync(inTheWay, "a file where a folder should be", Stop);

        var closed = (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        var failed = await DeliveryAsync(billing, 1);
        File.Delete(inTheWay);
        ledger.Pass(Duration.FromSeconds(5));
        await DeliveredAsync(billing, 1);

        Assert.Equal(("pending", "The folder cannot be written to."), (Text(failed, "state"), Text(failed, "error")));
        var file = Assert.Single(Directory.GetFileSystemEntries(inTheWay));
        Assert.Equal("statement-2025-12.csv", Path.GetFileName(file));
        Assert.Equal(closed.Text("sha256"), Hash(await File.ReadAllBytesAsync(file, Stop)));
    }

    [Fact]
    public async Task A_link_on_the_way_is_not_followed_and_one_at_the_end_is_replaced()
    {
        var elsewhere = Directory.CreateTempSubdirectory("ledger-elsewhere-").FullName;
        var (company, billing) = await CompanyAsync();
        await SetAsync(billing, new { kind = "folder", path = "books" }, new { kind = "folder" });
        var own = Directory.CreateDirectory(Path.Combine(ledger.Folder, company)).FullName;
        Directory.CreateSymbolicLink(Path.Combine(own, "books"), elsewhere);
        var secret = Path.Combine(elsewhere, "secret");
        await File.WriteAllTextAsync(secret, "kept", Stop);
        File.CreateSymbolicLink(Path.Combine(own, "statement-2025-12.csv"), secret);

        (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        await LedgerHost.UntilAsync(async () => (await billing.GetAsync("deliveries")).Items.All(
            delivery => delivery.GetProperty("attempts").GetArrayLength() == 1));

        Assert.Equal(
            ["The folder is not there, or a link on the way leads elsewhere.", null],
            (await billing.GetAsync("deliveries")).Items.Select(d => TextOrNull(d, "error")).OrderByDescending(e => e));
        Assert.Equal([secret], Directory.GetFileSystemEntries(elsewhere));
        Assert.Equal("kept", await File.ReadAllTextAsync(secret, Stop));
        Assert.Null(new FileInfo(Path.Combine(own, "statement-2025-12.csv")).LinkTarget);
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public async Task What_a_storage_refuses_is_in_the_log_and_can_be_sent_again_by_hand_as_any_file()
    {
        var (company, billing) = await CompanyAsync();
        await SetAsync(billing, new { kind = "s3", bucket = "missing-bucket", region = "eu-central-1" }, Bucket);

        (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        await LedgerHost.UntilAsync(async () => (await billing.GetAsync("deliveries")).Items.All(
            delivery => delivery.GetProperty("attempts").GetArrayLength() == 1));
        var refused = Assert.Single((await billing.GetAsync("deliveries?state=pending")).Items);
        var taken = Assert.Single((await billing.GetAsync("deliveries?state=delivered&statement=2025-12")).Items);
        ledger.Storage.Objects.Clear();
        (await billing.PostAsync($"deliveries/{Text(taken, "deliveryId")}/redeliver")).Is(202);
        await LedgerHost.UntilAsync(() => Task.FromResult(!ledger.Storage.Objects.IsEmpty));

        Assert.Equal("The storage answered 404.", Text(refused, "error"));
        Assert.Equal($"{company}/statement-2025-12.csv", Assert.Single(ledger.Storage.Objects.Keys));
        Assert.Empty((await billing.GetAsync("deliveries?statement=2026-01")).Items);
        (await billing.GetAsync("deliveries?statement=yesterday")).IsProblem(422, "invalid");
        (await billing.PostAsync($"deliveries/{Guid.CreateVersion7()}/redeliver")).IsProblem(404, "not-found");
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        Assert.Empty((await stranger.GetAsync("deliveries")).Items);
        (await stranger.PostAsync($"deliveries/{Text(taken, "deliveryId")}/redeliver")).IsProblem(404, "not-found");
        (await (await ledger.MemberAsync(company, Role.Manager)).GetAsync("deliveries")).Is(403);
    }

    [Fact]
    public async Task A_destination_that_was_removed_gets_nothing_that_was_still_on_its_way()
    {
        var (_, billing) = await CompanyAsync();
        await SetAsync(billing, new { kind = "s3", bucket = "missing-bucket", region = "eu-central-1" });
        (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        await DeliveryAsync(billing, 1);

        await SetAsync(billing, Bucket);

        var ended = Assert.Single((await billing.GetAsync("deliveries")).Items);
        Assert.Equal(("failed", "The storage answered 404."), (Text(ended, "state"), Text(ended, "error")));
        Assert.False(ended.TryGetProperty("nextAt", out _));
    }

    [Fact]
    public async Task Bytes_that_are_not_those_that_were_closed_go_nowhere()
    {
        var (company, billing) = await CompanyAsync();
        (await billing.PostAsync("statements/2025-12/close", new { })).Is(200);
        await ledger.RowsAsync(
            "update ledger.statement_piece set content = 'x' || substr(content, 2) where tenant_id = $1", company);
        var address = ledger.Unique("ap") + "@acme.example";
        await SetAsync(billing, new { kind = "folder" }, Bucket, new { kind = "mail", address });
        var closed = await ledger.Database.ReadAsync(
            company, connection => StatementBooks.ClosedAsync(connection, company, null, Stop), Stop);

        await using (var change = await ledger.Transactions.BeginAsync(Stop))
        {
            var rules = await StatementBooks.RulesAsync(change.Connection, company, Stop);
            await StatementNotice.QueueAsync(change, company, closed.Single(), rules!.Destinations!, Stop);
            await change.CommitAsync(Stop);
        }
        ledger.Pass(Duration.Zero);

        await LedgerHost.UntilAsync(async () => (await billing.GetAsync("deliveries")).Items.All(
            d => TextOrNull(d, "error") == "The kept bytes are not those that were closed."));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(ledger.Folder, company)));
        Assert.DoesNotContain($"{company}/statement-2025-12.csv", ledger.Storage.Objects.Keys);
        Assert.DoesNotContain(ledger.Mail.Received, mail => mail.To.Contains(address));
    }

    /// <returns>A company with a number's month in December, and somebody of its billing.</returns>
    private async Task<(string Company, Caller Billing)> CompanyAsync()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.Telnyx.SettleAsync();
        return (traffic.Company, await traffic.AsAsync(Role.Billing));
    }

    private static async Task SetAsync(Caller billing, params object[] destinations) =>
        (await billing.PutAsync("statements/rules", new { secondPerson = false, destinations })).Is(204);

    /// <summary>All there are, once so many are delivered.</summary>
    private static async Task<List<JsonElement>> DeliveredAsync(Caller billing, int count)
    {
        List<JsonElement> delivered = [];
        await LedgerHost.UntilAsync(async () => (delivered = [.. (await billing.GetAsync(
            "deliveries?state=delivered")).Is(200).Items]).Count == count);
        return delivered;
    }

    /// <summary>The only one there is, once it was tried so often.</summary>
    private static async Task<JsonElement> DeliveryAsync(Caller billing, int attempts)
    {
        JsonElement found = default;
        await LedgerHost.UntilAsync(async () =>
            (await billing.GetAsync("deliveries")).Is(200).Items is [var delivery]
            && (found = delivery).GetProperty("attempts").GetArrayLength() == attempts);
        return found;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;

    private static string? TextOrNull(JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) ? value.GetString() : null;
}
