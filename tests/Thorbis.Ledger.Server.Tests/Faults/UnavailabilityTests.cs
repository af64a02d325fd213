using System.IO.Pipelines;
using System.Text;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>What a sender and a load balancer hear when the ledger cannot keep up.</summary>
[Collection<StrainedLedgerTests>]
public sealed class UnavailabilityTests(StrainedLedger ledger)
{
    private const string WellFormed =
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private readonly Telnyx telnyx = new(ledger);

    [Fact]
    public async Task A_full_queue_is_503_with_the_time_to_come_again_and_what_it_took_is_kept()
    {
        var before = await ledger.ScalarAsync("select count(*) from intake.entry");
        Task<int> written;
        Task<HttpResponseMessage>[] more;
        await using (await LockAsync("intake.entry", "access exclusive"))
        {
            written = telnyx.PostAsync(Telnyx.Event("fax.queued", "{}"));
            await LedgerHost.UntilAsync(async () => await ledger.ScalarAsync(
                "select count(*) from pg_locks where relation = 'intake.entry'::regclass and not granted") > 0);
            more = [.. Enumerable.Range(0, 3).Select(_ =>
                telnyx.SignAndSendAsync(Encoding.UTF8.GetBytes(Telnyx.Event("fax.queued", "{}"))))];
            await LedgerHost.UntilAsync(() => Task.FromResult(more.Count(answer => answer.IsCompleted) == 2));
        }

        var answers = await Task.WhenAll(more);
        Assert.Equal([200, 503, 503], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Equal(200, await written);
        Assert.All(
            answers.Where(answer => !answer.IsSuccessStatusCode),
            answer => Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta));
        Assert.Equal(before + 2, await ledger.ScalarAsync("select count(*) from intake.entry"));
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_408()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("{"u8.ToArray(), TestContext.Current.CancellationToken);
        using var body = new StreamContent(pipe.Reader.AsStream());

        using var answer = await telnyx.SendAsync(body, WellFormed, "1700000000")
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal((408, "application/problem+json"),
            ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        await pipe.Writer.CompleteAsync();
    }

    [Fact]
    public async Task A_projection_that_stands_still_makes_the_server_not_ready_until_it_has_caught_up()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await telnyx.SettleAsync();
        Assert.Equal(200, await ReadyAsync());
        await using (await LockAsync("ledger.call", "exclusive"))
        {
            var leg = await traffic.OpenCallAsync(Telnyx.Noon);
            await LedgerHost.UntilAsync(async () => await ledger.ScalarAsync(
                "select count(*) from ledger.mt_events where stream_id = $1", $"call/s-{leg}") == 1);
            await ledger.RowsAsync(
                "update ledger.mt_events set timestamp = timestamp - interval '1 minute' where stream_id = $1",
                $"call/s-{leg}");

            Assert.Equal(503, await ReadyAsync());
        }

        await telnyx.SettleAsync();
        Assert.Equal(200, await ReadyAsync());
    }

    private async Task<int> ReadyAsync()
    {
        using var answer = await ledger.Host.Server.CreateClient().GetAsync(
            new Uri("http://localhost/health/ready"), TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<NpgsqlConnection> LockAsync(string table, string mode)
    {
        var connection = await ledger.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.Command($"lock table {table} in {mode} mode");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
