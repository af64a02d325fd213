using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

/// <summary>Whose a webhook is, when nobody is known yet, and what becomes of it afterwards.</summary>
[Collection<LedgerTests>]
public sealed class InterpretationTests(LedgerHost ledger)
{
    private const string Stranger = "+14155550123";
    private readonly Telnyx telnyx = new(ledger);

    [Fact]
    public async Task An_unknown_number_waits_in_quarantine_and_is_attributed_once_known_by_the_dates_of_ownership()
    {
        var (number, leg) = ($"+1303555{Random4()}", ledger.Unique("leg"));
        var start = Telnyx.Started(leg, Stranger, number);
        var before = Telnyx.Started(leg + "-before", Stranger, number, at: Instant.FromUtc(2025, 12, 31, 23, 59));
        await telnyx.PostAsync(start);
        await telnyx.PostAsync(before);
        await telnyx.PostAsync(Telnyx.Event("call.answered", Telnyx.Leg(leg, Stranger, number)));
        Assert.Equal("quarantined", (await telnyx.FateAsync(start)).Text("state"));

        var company = await ledger.CompanyAsync();
        await ledger.HoldAsync(company, number);
        await telnyx.SettleAsync();

        var call = (await (await ledger.MemberAsync(company, Role.Member)).GetAsync($"calls/s-{leg}")).Is(200);
        Assert.Contains("answeredAt", call.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal("quarantined", (await telnyx.FateAsync(before)).Text("state"));
    }

    [Fact]
    public async Task What_names_no_number_waits_for_its_call_whatever_comes_first()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var leg = ledger.Unique("leg");
        var cost = Telnyx.Event("call.cost", $$"""
            {"call_leg_id":"{{leg}}","call_session_id":"s-{{leg}}","status":"success",
            "total_cost":"0.0100","cost_parts":[
            {"call_part":"sip-trunking","cost":"1.0E-2","currency":"USD","rate":"0.0050","billed_duration_secs":60}]}
            """);
        await telnyx.PostAsync(cost);
        Assert.Equal("waiting", (await telnyx.FateAsync(cost)).Text("state"));

        await telnyx.PostAsync(
            Telnyx.Event("call.hangup", Telnyx.Leg(leg, Stranger, number), at: Telnyx.Noon + Duration.FromSeconds(9)));
        await telnyx.PostAsync(Telnyx.Started(leg, Stranger, number));
        await telnyx.SettleAsync();

        var fate = await telnyx.FateAsync(cost);
        Assert.Equal("interpreted", fate.Text("state"));
        Assert.Equal("0.0100",
            (await ledger.RowsAsync("select carrier_cost::text from ledger.call where tenant_id = $1", company))[0]);
    }

    [Fact]
    public async Task A_forwarded_leg_with_a_strangers_numbers_belongs_to_its_sessions_company()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var leg = ledger.Unique("leg");
        var forwarded = Telnyx.Event("call.initiated", $$"""
            {"call_control_id":"c2-{{leg}}","call_leg_id":"{{leg}}-2","call_session_id":"s-{{leg}}",
            "connection_id":"77","from":"{{Stranger}}","to":"+14155550199","direction":"outgoing","state":"bridging"}
            """);

        await telnyx.PostAsync(forwarded);
        Assert.Equal("quarantined", (await telnyx.FateAsync(forwarded)).Text("state"));
        await telnyx.PostAsync(Telnyx.Started(leg, Stranger, number));
        await telnyx.SettleAsync();

        Assert.Equal(["2"], await ledger.RowsAsync("select legs from ledger.call where tenant_id = $1", company));
    }

    [Fact]
    public async Task A_message_to_numbers_of_two_companies_gives_each_its_own_facts_and_shows_each_only_its_own()
    {
        var (first, number1) = await ledger.CompanyWithNumberAsync();
        var (second, number2) = await ledger.CompanyWithNumberAsync();
        var id = Guid.CreateVersion7();

        await telnyx.PostAsync(Telnyx.Event("message.received", $$"""
            {"id":"{{id}}","record_type":"message","direction":"inbound","type":"MMS",
            "from":{"phone_number":"{{Stranger}}"},
            "to":[{"phone_number":"{{number1}}"},{"phone_number":"{{number2}}"}],
            "text":"hello","parts":1,"received_at":"2026-03-10T12:00:00.000+00:00"}
            """));
        await telnyx.SettleAsync();

        foreach (var (company, own, other) in new[] { (first, number1, number2), (second, number2, number1) })
        {
            var message = (await (await ledger.MemberAsync(company, Role.Member)).GetAsync($"messages/{id}")).Is(200);
            Assert.Contains(own, message.Body.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(other, message.Body.ToString(), StringComparison.Ordinal);
            var journal = await ledger.RowsAsync(
                "select journal_id from intake.journal_company where tenant_id = $1", company);
            var auditor = await ledger.MemberAsync(company, Role.Auditor);
            (await auditor.GetAsync($"journal/{journal[0]}")).IsProblem(403, "webhook-shared");
            (await auditor.GetAsync($"journal/{journal[0]}/body")).IsProblem(403, "webhook-shared");
        }
    }

    [Fact]
    public async Task A_number_of_a_company_that_the_keys_account_does_not_serve_is_quarantined()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        using var key = Telnyx.NewKey();
        var stranger = new Telnyx(ledger, key);
        var op = await ledger.OperatorAsync();
        var account = ledger.Unique("account");
        (await op.PostAsync("operator/telnyx-accounts", new { accountId = account, name = account })).Is(201);
        (await op.PostAsync($"operator/telnyx-accounts/{account}/keys",
            new { publicKey = Convert.ToBase64String(stranger.PublicKey) })).Is(201);
        var body = Telnyx.Started(ledger.Unique("leg"), Stranger, number);

        Assert.Equal(200, await stranger.PostAsync(body));
        Assert.Equal("quarantined", (await telnyx.FateAsync(body)).Text("state"));

        (await op.PutAsync($"operator/telnyx-accounts/{account}/companies/{company}")).Is(204);
        Assert.Equal("interpreted", (await telnyx.FateAsync(body)).Text("state"));
    }

    [Fact]
    public async Task A_webhook_that_no_known_key_signed_is_kept_and_taken_in_when_its_key_is_added()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        using var key = Telnyx.NewKey();
        var early = new Telnyx(ledger, key);
        var body = Telnyx.Started(ledger.Unique("leg"), Stranger, number);

        Assert.Equal(401, await early.PostAsync(body));
        var op = await ledger.OperatorAsync();
        var account = ledger.Unique("account");
        await op.PostAsync("operator/telnyx-accounts", new { accountId = account, name = account });
        await op.PutAsync($"operator/telnyx-accounts/{account}/companies/{company}");
        (await op.PostAsync($"operator/telnyx-accounts/{account}/keys",
            new { publicKey = Convert.ToBase64String(early.PublicKey) })).Is(201);

        Assert.Equal("interpreted", (await telnyx.FateAsync(body)).Text("state"));
    }

    [Fact]
    public async Task Reading_again_records_nothing_new_where_nothing_differs_and_the_next_revision_where_it_does()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var leg = ledger.Unique("leg");
        var start = Telnyx.Started(leg, Stranger, number);
        await telnyx.PostAsync(start);
        var id = (await telnyx.FateAsync(start)).Text("journalId");
        var owner = await ledger.MemberAsync(company, Role.Owner);

        (await owner.PostAsync($"journal/{id}/reinterpret")).Is(202);
        await telnyx.SettleAsync();
        Assert.Equal(1, await FactsAsync(company));

        // As if an older interpreter had read another name of the caller.
        await ledger.RowsAsync(
            """
            update ledger.mt_events set data = jsonb_set(data, '{callerName}', '"older"')
            where tenant_id = $1 and type = 'call_initiated' returning 1
            """, company);
        (await owner.PostAsync($"journal/{id}/reinterpret")).Is(202);
        await telnyx.SettleAsync();

        Assert.Equal(2, await FactsAsync(company));
        Assert.Equal(1, await ledger.ScalarAsync(
            "select count(*) from ledger.mt_events where tenant_id = $1 and (data ->> 'revision')::int = 1", company));
        Assert.Equal(["1"], await ledger.RowsAsync(
            "select calls_in from ledger.usage_bucket where tenant_id = $1 and number = ''", company));
    }

    [Fact]
    public async Task Every_fact_knows_the_journal_entry_it_came_from_and_its_signature_still_holds()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var leg = ledger.Unique("leg");
        var start = Telnyx.Started(leg, Stranger, number);
        await telnyx.PostAsync(start);
        await telnyx.SettleAsync();

        var causation = (await ledger.RowsAsync(
            "select causation_id from ledger.mt_events where tenant_id = $1 and type = 'call_initiated'", company))[0];
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var entry = (await auditor.GetAsync($"journal/{causation}")).Is(200);

        Assert.Equal(start, entry.Text("bodyText"));
        Assert.Contains("true", entry.Body.GetProperty("check").ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await ledger.ScalarAsync(
            "select count(*) from platform.access_log where tenant_id = $1 and subject = $2", company, causation));
    }

    private Task<long> FactsAsync(string company) =>
        ledger.ScalarAsync("select count(*) from ledger.mt_events where tenant_id = $1 and stream_id like 'call/%'",
            company);

    private string Random4() => ledger.Unique("")[1..].PadLeft(4, '9');
}
