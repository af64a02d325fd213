using System.Net;
using System.Text;
using Thorbis.Ledger.Domain.Companies;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Reconciliation.Billing;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

/// <summary>A ledger that takes small files only.</summary>
public sealed class NarrowLedger : LedgerHost
{
    public const int FileBytesMax = 2048;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Reconciliation:FileBytesMax"] = $"{FileBytesMax}",
        ["Reconciliation:FileTimeout"] = "00:00:01",
    };
}

[CollectionDefinition]
public sealed class NarrowLedgerTests : ICollectionFixture<NarrowLedger>;

[Collection<LedgerTests>]
public sealed class ReconcileBadFileTests(LedgerHost ledger)
{
    [Fact]
    public async Task Every_bad_row_is_named_and_nothing_is_kept()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.CallAsync("0.0100");
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();

        var refused = (await clerk.PostAsync($"reconciliations?{March}", Csv(
            Trunk(leg, "0.0100"), Trunk("b", "0,01"), Trunk("c", "x"), "short,line", Trunk("d", "0", -1),
            "e,amd,,l,s,,,,soon,,0.1,USD", "f,amd,,l,s,,,,,,0.1,"))).IsProblem(422, "invalid-file");

        Assert.Equal(
            ["line 3 line", "line 4 cost", "line 5 line", "line 6 billed_sec", "line 7 started_at", "line 8 currency"],
            refused.Body.GetProperty("errors").EnumerateObject()
                .Select(line => $"{line.Name} {line.Value[0].GetString()!.Split(':')[0]}"));
        Assert.Empty((await clerk.GetAsync("reconciliations")).Is(200).Items);
        Assert.Equal(0, await ledger.ScalarAsync(
            "select count(*) from ledger.reconciliation_difference where tenant_id = $1", billing.Traffic.Company));
        Assert.Equal(0, await ledger.ScalarAsync(
            "select count(*) from ledger.mt_events where tenant_id = $1 and type = 'reconciliation_done'",
            billing.Traffic.Company));
    }

    [Fact]
    public async Task After_twenty_bad_rows_reading_ends()
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var refused = (await clerk.PostAsync(
            $"reconciliations?{March}", Csv([.. Enumerable.Range(0, 50).Select(i => Trunk($"l{i}", "x"))])))
            .IsProblem(422, "invalid-file");

        Assert.Equal(20, refused.Body.GetProperty("errors").EnumerateObject().Count());
    }

    [Theory]
    [InlineData("text/csv", "", "line 1 line")]
    [InlineData("text/csv", "call_leg_id,cost\n", "line 1 line")]
    [InlineData("text/csv", "cli,carrier\n1,2\n", "line 1 cost")]
    [InlineData("text/csv", "call_leg_id,cost,call_leg_id\na,0,b\n", "line 1 call_leg_id")]
    [InlineData("text/csv", "call_leg_id,cost\n\"a\"b,0\n", "line 2 line")]
    [InlineData("application/json", "", "record 1 line")]
    [InlineData("application/json", "{\"data\":[{\"call_leg_id\":\"a\",\"cost\":\"0\"}", "record 2 line")]
    [InlineData("application/json", "[1]", "record 1 line")]
    [InlineData("application/json", "{\"data\":[[]]}", "record 1 line")]
    [InlineData("application/json", "[{\"call_leg_id\":\"a\",\"cost\":{}}]", "record 1 cost")]
    [InlineData("application/json", "[{\"call_leg_id\":\"a\",\"cost\":\"x\"}]", "record 1 cost")]
    [InlineData("application/json", "[{\"call_leg_id\":\"\\ud800\",\"cost\":0}]", "record 1 line")]
    [InlineData("application/json", "[{\"call_leg_id\":\"a\\u0000\",\"cost\":0}]", "record 1 call_leg_id")]
    [InlineData("application/x-ndjson", "{\"uuid\":\"a\",\"cost\":0}\n{\"uuid\"", "record 2 line")]
    public async Task A_torn_file_is_refused_by_its_place(string type, string file, string place)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var refused = (await clerk.PostAsync(
            $"reconciliations?{March}", new StringContent(file, Encoding.UTF8, type))).IsProblem(422, "invalid-file");

        var first = refused.Body.GetProperty("errors").EnumerateObject().First();
        Assert.Equal(place, $"{first.Name} {first.Value[0].GetString()!.Split(':')[0]}");
        Assert.Empty((await clerk.GetAsync("reconciliations")).Items);
    }

    [Theory]
    [InlineData("to=2026-04-01", "from")]
    [InlineData("from=2026-03-01", "to")]
    [InlineData("from=2026-03-01&to=2026-03-01", "to")]
    [InlineData("from=2026-03-01&to=2026-07-01", "to")]
    [InlineData("from=March&to=2026-07-01", "from")]
    [InlineData($"{March}&zone=Mars", "zone")]
    [InlineData($"{March}&currency=dollars", "currency")]
    public async Task What_cannot_be_asked_is_422_and_names_the_field(string query, string field)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);

        var refused = (await clerk.PostAsync($"reconciliations?{query}", Csv(Trunk("a", "0"))))
            .IsProblem(422, "invalid");

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty(field, out _), refused.Content);
    }

    [Fact]
    public async Task Only_csv_and_json_are_taken_and_only_by_owner_admin_and_billing()
    {
        var company = await ledger.CompanyAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var member = await ledger.MemberAsync(company, Role.Member);
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var file = Csv(Trunk("a", "0"));

        Assert.Equal(415, (await owner.PostAsync(
            $"reconciliations?{March}", new StringContent("x", Encoding.UTF8, "text/xml"))).Status);
        (await auditor.PostAsync($"reconciliations?{March}", file)).Is(403);
        (await auditor.GetAsync("reconciliations")).Is(200);
        (await member.GetAsync("reconciliations")).Is(403);
    }
}

[Collection<NarrowLedgerTests>]
public sealed class ReconcileOversizedFileTests(NarrowLedger ledger)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_beyond_the_limit_is_413_whether_it_tells_its_length_or_not(bool chunked)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        var line = $"{Trunk("a", "0")}\r\n";
        var fits = Repeated(line, (NarrowLedger.FileBytesMax - Header.Length - 2) / line.Length);

        (await clerk.PostAsync($"reconciliations?{March}", Body(fits, chunked))).Is(201);
        (await clerk.PostAsync($"reconciliations?{March}", Body(fits + Repeated(line, 40), chunked)))
            .IsProblem(413, "body-too-large");

        Assert.Single((await clerk.GetAsync("reconciliations")).Items);
    }

    [Fact]
    public async Task A_file_that_does_not_arrive_is_408_and_holds_no_other_up()
    {
        var slow = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        var ended = new TaskCompletionSource();

        (await slow.PostAsync($"reconciliations?{March}", new StalledContent(ended.Task)))
            .IsProblem(408, "body-too-slow");

        ended.SetResult();
        (await slow.PostAsync($"reconciliations?{March}", Csv(Trunk("a", "0")))).Is(201);
    }

    private static string Repeated(string line, int times) => string.Concat(Enumerable.Repeat(line, times));

    private static HttpContent Body(string lines, bool chunked)
    {
        var bytes = Encoding.UTF8.GetBytes($"{Header}\r\n{lines}");
        HttpContent body = chunked ? new UntoldContent(bytes) : new ByteArrayContent(bytes);
        body.Headers.ContentType = new("text/csv");
        return body;
    }

    /// <summary>Does not tell its length.</summary>
    private sealed class UntoldContent(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A header, and then nothing more.</summary>
    private sealed class StalledContent : HttpContent
    {
        private readonly Task ended;

        public StalledContent(Task ended)
        {
            this.ended = ended;
            Headers.ContentType = new("text/csv");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{Header}\r\n"));
            await stream.FlushAsync();
            await ended;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
