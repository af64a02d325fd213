using System.Text;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

[Collection<LedgerTests>]
public sealed class JournalReadingTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_webhook_shows_its_bytes_its_signature_and_that_it_still_holds_and_opening_it_is_on_record()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var body = Telnyx.Started(ledger.Unique("leg"), PhoneTraffic.Stranger, traffic.Number);
        await traffic.Telnyx.PostAsync(body);
        await traffic.Telnyx.SettleAsync();
        var auditor = await traffic.AsAsync(Role.Auditor);
        var list = (await auditor.GetAsync("journal?type=call.initiated&state=interpreted")).Is(200);
        var row = Assert.Single(list.Items);
        var id = row.GetProperty("journalId").GetString()!;

        var entry = (await auditor.GetAsync($"journal/{id}")).Is(200);
        var bytes = (await auditor.GetAsync($"journal/{id}/body")).Is(200);

        Assert.Equal(body, Encoding.UTF8.GetString(Convert.FromBase64String(entry.Text("bodyBase64"))));
        Assert.Equal((body, body), (entry.Text("bodyText"), bytes.Content));
        Assert.True(entry.Body.GetProperty("check").GetProperty("valid").GetBoolean());
        Assert.Equal(entry.Text("signature"), bytes.Headers.GetValues(TelnyxSignature.SignatureHeader).Single());
        Assert.Equal(["body.opened " + id, "body.opened " + id], await ledger.RowsAsync(
            "select action || ' ' || subject from platform.access_log where tenant_id = $1 and action = 'body.opened'",
            traffic.Company));
    }

    [Fact]
    public async Task What_a_key_signed_still_holds_when_the_key_is_retired_and_nothing_more_is_taken_from_it()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        using var key = Telnyx.NewKey();
        var (account, sender, op) = (ledger.Unique("account"), new Telnyx(ledger, key), await ledger.OperatorAsync());
        await op.PostAsync("operator/telnyx-accounts", new { accountId = account, name = account });
        await op.PutAsync($"operator/telnyx-accounts/{account}/companies/{company}");
        var keyId = (await op.PostAsync($"operator/telnyx-accounts/{account}/keys",
            new { publicKey = Convert.ToBase64String(sender.PublicKey) })).Is(201).Text("keyId");
        var body = Telnyx.Started(ledger.Unique("leg"), PhoneTraffic.Stranger, number);
        Assert.Equal(200, await sender.PostAsync(body));
        var id = (await sender.FateAsync(body)).Text("journalId");

        (await op.PostAsync($"operator/telnyx-keys/{keyId}/retire")).Is(204);

        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var check = (await auditor.GetAsync($"journal/{id}")).Is(200).Body.GetProperty("check");
        Assert.Equal((true, keyId), (check.GetProperty("valid").GetBoolean(), check.GetProperty("keyId").GetString()));
        Assert.NotNull(check.GetProperty("keyRetiredAt").GetString());
        Assert.Equal(401, await sender.PostAsync(Telnyx.Started(ledger.Unique("leg"), PhoneTraffic.Stranger, number)));
    }

    [Fact]
    public async Task A_redelivery_that_tells_something_else_is_counted_flagged_and_has_its_own_bytes()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var (leg, id) = (ledger.Unique("leg"), Guid.CreateVersion7().ToString());
        string Told(string state, int attempt) => Telnyx.Event(
            "call.initiated",
            Telnyx.Leg(
                leg, PhoneTraffic.Stranger, traffic.Number, $$""","direction":"incoming","state":"{{state}}" """),
            id, attempt: attempt);
        await traffic.Telnyx.PostAsync(Told("parked", 1));
        await traffic.Telnyx.PostAsync(Told("parked", 2));
        await traffic.Telnyx.PostAsync(Told("bridging", 3));
        await traffic.Telnyx.SettleAsync();
        var auditor = await traffic.AsAsync(Role.Auditor);

        var row = Assert.Single((await auditor.GetAsync("journal")).Is(200).Items);
        var entry = (await auditor.GetAsync($"journal/{row.GetProperty("journalId")}")).Is(200);

        Assert.Equal((2, true), (row.GetProperty("redeliveries").GetInt32(), row.GetProperty("differs").GetBoolean()));
        var again = entry.Body.GetProperty("redeliveries").EnumerateArray().ToList();
        Assert.Equal([false, true], again.Select(r => r.GetProperty("differs").GetBoolean()));
        var bytes = (await auditor.GetAsync($"journal/{again[1].GetProperty("journalId")}/body")).Is(200);
        Assert.Equal(Told("bridging", 3), bytes.Content);
    }

    [Fact]
    public async Task The_list_is_cut_by_time_and_state_and_pages_by_receipt()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var auditor = await traffic.AsAsync(Role.Auditor);
        async Task<int> Count(string query) => (await auditor.GetAsync($"journal?{query}")).Is(200).Items.Length;
        var first = (await auditor.GetAsync("journal?limit=2")).Is(200);

        Assert.Equal((3, 2), (await Count(""), first.Items.Length));
        Assert.Equal(1, await Count($"limit=2&cursor={first.Text("next")}"));
        Assert.Equal((0, 3), (await Count("state=kept"), await Count("state=interpreted")));
        var past = ledger.Clock.GetCurrentInstant() - Duration.FromHours(1);
        Assert.Equal((3, 0), (await Count($"from={past}"), await Count($"to={past}")));
        (await auditor.GetAsync("journal?state=lost")).IsProblem(422, "invalid");
    }

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.Member)]
    [InlineData(Role.Billing)]
    public async Task Other_roles_may_not_open_evidence(Role role)
    {
        var member = await ledger.MemberAsync(await ledger.CompanyAsync(), role);

        (await member.GetAsync("journal")).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Another_companys_webhook_is_404()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.OpenCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var id = (await (await traffic.AsAsync(Role.Owner)).GetAsync("journal")).Items[0].GetProperty("journalId");
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        (await stranger.GetAsync($"journal/{id}")).IsProblem(404, "not-found");
        (await stranger.GetAsync($"journal/{id}/body")).IsProblem(404, "not-found");
        (await stranger.GetAsync("journal/nonsense")).IsProblem(404, "not-found");
    }

    [Fact]
    public void Ids_of_an_instant_lie_between_those_of_its_neighbours()
    {
        var at = Instant.FromUtc(2026, 3, 10, 12, 0);
        var id = Guid.CreateVersion7(at.ToDateTimeOffset()).ToString();

        Assert.True(string.CompareOrdinal(JournalIds.FirstAt(at).ToString(), id) < 0);
        Assert.True(string.CompareOrdinal(id, JournalIds.FirstAt(at + Duration.FromMilliseconds(1)).ToString()) < 0);
    }
}
