using System.Security.Cryptography;
using NSec.Cryptography;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

[Collection<LedgerTests>]
public sealed class TelnyxAccountTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_key_is_added_once_and_retired_while_the_server_runs()
    {
        var (op, account) = await AccountAsync();
        var (keys, publicKey) = ($"operator/telnyx-accounts/{account}/keys", NewKey());

        var keyId = (await op.PostAsync(keys, new { publicKey })).Is(201).Text("keyId");
        (await op.PostAsync(keys, new { publicKey })).IsProblem(409, "key-exists");
        (await op.PostAsync($"operator/telnyx-keys/{keyId}/retire")).Is(204);

        var listed = (await op.GetAsync("operator/telnyx-accounts")).Items
            .Single(item => item.GetProperty("accountId").GetString() == account).GetProperty("keys")[0];
        Assert.Equal(publicKey, listed.GetProperty("publicKey").GetString());
        Assert.NotNull(listed.GetProperty("retiredAt").GetString());
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    public async Task What_is_no_public_key_is_refused(string publicKey)
    {
        var (op, account) = await AccountAsync();

        (await op.PostAsync($"operator/telnyx-accounts/{account}/keys", new { publicKey })).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task Only_a_company_that_the_account_serves_can_have_a_connection_of_it()
    {
        var (op, account) = await AccountAsync();
        var company = await ledger.CompanyAsync();
        var at = $"operator/telnyx-accounts/{account}";

        (await op.PutAsync($"{at}/connections/1494404757140276705", new { companyId = company }))
            .IsProblem(409, "company-not-served");
        (await op.PutAsync($"{at}/companies/{company}")).Is(204);
        (await op.PutAsync($"{at}/connections/1494404757140276705", new { companyId = company })).Is(204);
    }

    [Fact]
    public async Task What_does_not_exist_is_404()
    {
        var op = await ledger.OperatorAsync();

        var key = new { publicKey = NewKey() };
        (await op.PostAsync("operator/telnyx-accounts/none/keys", key)).IsProblem(404, "not-found");
        (await op.PutAsync("operator/telnyx-accounts/none/companies/none")).IsProblem(404, "not-found");
        (await op.PostAsync($"operator/telnyx-keys/{Guid.Empty}/retire")).IsProblem(404, "not-found");
        (await op.PostAsync($"operator/numbers/{Guid.Empty}/confirm")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Quarantine_shows_what_a_webhook_waits_for_and_nothing_it_says()
    {
        var id = Guid.CreateVersion7();
        await ledger.RowsAsync("""
            with entry as (
              insert into intake.entry (journal_id, received_at, event_id, event_type, account_id, key_id, claims)
              values ($1, now(), $2, 'call.initiated', 'development', $1, true))
            insert into intake.backlog (journal_id, state, keys, reason, since)
            values ($1, 'quarantined', '{number:+12025550190}', 'unknown number', now())
            """, id, id.ToString());
        var op = await ledger.OperatorAsync();

        var items = (await op.GetAsync("operator/quarantine?state=quarantined&limit=500")).Is(200).Items;

        var item = items.Single(row => row.GetProperty("journalId").GetGuid() == id);
        Assert.Equal("number:+12025550190", item.GetProperty("keys")[0].GetString());
        Assert.Equal("development", item.GetProperty("accountId").GetString());
        (await op.GetAsync("operator/quarantine?state=lost")).IsProblem(422, "invalid");
    }

    private async Task<(Caller Operator, string Account)> AccountAsync()
    {
        var (op, account) = (await ledger.OperatorAsync(), ledger.Unique("account"));
        (await op.PostAsync("operator/telnyx-accounts", new { accountId = account, name = "An account" })).Is(201);
        return (op, account);
    }

    private static string NewKey()
    {
        using var key = Key.Import(
            SignatureAlgorithm.Ed25519, RandomNumberGenerator.GetBytes(32), KeyBlobFormat.RawPrivateKey);
        return Convert.ToBase64String(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }
}
