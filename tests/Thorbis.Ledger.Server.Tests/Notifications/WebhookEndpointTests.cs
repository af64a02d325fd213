using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Tests.Budgets;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Notifications;

[Collection<BudgetLedgerTests>]
public sealed class WebhookEndpointTests(BudgetHost ledger)
{
    [Fact]
    public async Task What_fails_is_tried_again_later_and_later_and_every_attempt_is_in_the_log()
    {
        await using var listener = await WebhookListener.StartAsync();
        listener.Status = 500;
        var (company, admin, endpoint) = await EndpointAsync(listener);
        await CrossAsync(company);

        var first = await DeliveryAsync(admin, endpoint, delivery => Attempts(delivery) == 1);
        Assert.Equal(("pending", "Answered 500."), (Text(first, "state"), Text(first, "error")));
        Assert.Equal(ledger.Time.GetCurrentInstant() + Duration.FromSeconds(5), Time(first, "nextAt"));
        ledger.Pass(Duration.FromSeconds(5));
        var second = await DeliveryAsync(admin, endpoint, delivery => Attempts(delivery) == 2);
        Assert.Equal(ledger.Time.GetCurrentInstant() + Duration.FromMinutes(5), Time(second, "nextAt"));
        listener.Status = 200;
        ledger.Pass(Duration.FromMinutes(5));
        var third = await DeliveryAsync(admin, endpoint, delivery => Text(delivery, "state") == "delivered");

        Assert.Equal([500, 500, 200], third.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("status").GetInt32()));
        Assert.Equal([Text(third, "noticeId")], listener.Heard.Select(webhook => webhook.Id).Distinct());
        Assert.Equal(3, listener.Heard.Select(webhook => webhook.Signature).Distinct().Count());
        Assert.False((await admin.GetAsync("webhook-endpoints")).Items[0].TryGetProperty("failingSince", out _));
    }

    [Fact]
    public async Task A_delivery_can_be_sent_again_under_the_same_id()
    {
        await using var listener = await WebhookListener.StartAsync();
        var (company, admin, endpoint) = await EndpointAsync(listener);
        await CrossAsync(company);
        var delivered = await DeliveryAsync(admin, endpoint, delivery => Text(delivery, "state") == "delivered");

        (await admin.PostAsync($"{endpoint}/deliveries/{Text(delivered, "deliveryId")}/redeliver")).Is(202);
        await DeliveryAsync(
            admin, endpoint, delivery => Attempts(delivery) == 2 && Text(delivery, "state") == "delivered");

        Assert.Equal(2, listener.Heard.Count);
        Assert.Single(listener.Heard.Select(webhook => (webhook.Id, webhook.Body)).Distinct());
        (await admin.PostAsync($"{endpoint}/deliveries/{Guid.CreateVersion7()}/redeliver")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task After_long_failure_an_endpoint_is_disabled_by_a_fact_until_somebody_enables_it()
    {
        await using var listener = await WebhookListener.StartAsync();
        listener.Status = 503;
        var (company, admin, endpoint) = await EndpointAsync(listener);
        await CrossAsync(company);
        var failed = await DeliveryAsync(admin, endpoint, delivery => Attempts(delivery) == 1);

        ledger.Pass(Duration.FromDays(5));
        await DeliveryAsync(admin, endpoint, delivery => Text(delivery, "state") == "failed");

        var shown = (await admin.GetAsync("webhook-endpoints")).Items[0];
        Assert.Equal("Answered 503.", Text(shown, "disabledReason"));
        Assert.Equal(
            ["notification_endpoint_added", "notification_endpoint_disabled"], await FactsAsync(company, endpoint));
        var redeliver = $"{endpoint}/deliveries/{Text(failed, "deliveryId")}/redeliver";
        (await admin.PostAsync(redeliver)).IsProblem(409, "endpoint-disabled");
        listener.Status = 204;
        (await admin.PostAsync($"{endpoint}/enable")).Is(204);
        (await admin.PostAsync($"{endpoint}/enable")).Is(204);
        (await admin.PostAsync(redeliver)).Is(202);
        await DeliveryAsync(admin, endpoint, delivery => Text(delivery, "state") == "delivered");
        Assert.Equal("notification_endpoint_enabled", (await FactsAsync(company, endpoint))[^1]);
    }

    [Fact]
    public async Task An_endpoint_that_says_it_is_gone_is_disabled_at_once()
    {
        await using var listener = await WebhookListener.StartAsync();
        listener.Status = 410;
        var (company, admin, endpoint) = await EndpointAsync(listener);

        await CrossAsync(company);
        await DeliveryAsync(admin, endpoint, delivery => Text(delivery, "state") == "failed");

        Assert.Equal("notification_endpoint_disabled", (await FactsAsync(company, endpoint))[^1]);
    }

    [Theory, InlineData(null), InlineData("2026-02-01")]
    public async Task What_a_node_took_and_died_over_is_handed_over_by_another_and_not_before(string? statement)
    {
        var table = ledger.Host.Services.GetRequiredService<DeliveryTable>();
        var (id, later) = (Guid.CreateVersion7(), ledger.Time.GetCurrentInstant() + Duration.FromHours(1));
        // To an address that is erased by now: what becomes of it can be seen without a mailbox.
        await ledger.RowsAsync("""
            insert into platform.delivery (delivery_id, tenant_id, notice_id, type, recipient_id, month, subject, body,
              state, created_at, next_at)
            values ($1, 'nobody', $1, 'type', $1, $3::date, 'subject', 'text', 'pending', $2, $2)
            """, id, later, statement);

        var taken = await table.TakeAsync(statement is not null, 100, later, TestContext.Current.CancellationToken);
        var again = await table.TakeAsync(statement is not null, 100, later, TestContext.Current.CancellationToken);
        ledger.Pass(Duration.FromHours(1) + Duration.FromMinutes(3));
        await LedgerHost.UntilAsync(async () => await ledger.RowsAsync(
            "select state || ': ' || error from platform.delivery where delivery_id = $1", id)
            is ["failed: The address was erased."]);

        Assert.Contains(taken, delivery => delivery.DeliveryId == id);
        Assert.DoesNotContain(again, delivery => delivery.DeliveryId == id);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_followed_nowhere()
    {
        await using var listener = await WebhookListener.StartAsync();
        listener.Status = 307;
        var (company, admin, endpoint) = await EndpointAsync(listener);

        await CrossAsync(company);
        var failed = await DeliveryAsync(admin, endpoint, delivery => Attempts(delivery) == 1);

        Assert.Equal("Answered 307; redirects are not followed.", Text(failed, "error"));
        Assert.Single(listener.Heard);
    }

    [Fact]
    public async Task A_removed_endpoint_hears_nothing_and_its_secret_is_forgotten()
    {
        await using var listener = await WebhookListener.StartAsync();
        var (company, admin, endpoint) = await EndpointAsync(listener);
        var id = Guid.Parse(endpoint.Split('/')[1]);
        Assert.Equal(1, await ledger.ScalarAsync(
            "select count(*) from platform.webhook_secret where endpoint_id = $1", id));

        (await admin.DeleteAsync(endpoint)).Is(204);
        (await admin.DeleteAsync(endpoint)).IsProblem(404, "not-found");

        Assert.Equal(0, await ledger.ScalarAsync(
            "select count(*) from platform.webhook_secret where endpoint_id = $1", id));
        Assert.Empty((await admin.GetAsync("webhook-endpoints")).Items);
        await CrossAsync(company);
        Assert.Equal(0, await ledger.ScalarAsync(
            "select count(*) from platform.delivery where endpoint_id = $1", id));
    }

    [Fact]
    public async Task The_secret_is_shown_once_kept_sealed_and_out_of_reach_of_the_tenant_login()
    {
        await using var listener = await WebhookListener.StartAsync();
        var admin = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Admin);

        var added = (await admin.PostAsync("webhook-endpoints", new { url = listener.Url })).Is(201);

        var secret = added.Text("secret");
        Assert.Equal(32, Convert.FromBase64String(secret["whsec_".Length..]).Length);
        Assert.DoesNotContain(secret, (await admin.GetAsync("webhook-endpoints")).Content, StringComparison.Ordinal);
        var kept = await ledger.RowsAsync(
            "select encode(sealed, 'hex') from platform.webhook_secret where endpoint_id = $1",
            Guid.Parse(added.Text("endpointId")));
        Assert.DoesNotContain(
            Convert.ToHexString(Convert.FromBase64String(secret["whsec_".Length..])), Assert.Single(kept),
            StringComparison.OrdinalIgnoreCase);
        await using var tenant = await ledger.Database.Tenant.OpenConnectionAsync(
            TestContext.Current.CancellationToken);
        await using var reading = new NpgsqlCommand("select sealed from platform.webhook_secret", tenant);
        await Assert.ThrowsAsync<PostgresException>(
            () => reading.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Owner_and_admin_manage_endpoints_the_auditor_reads_them_and_nobody_elses_is_there()
    {
        await using var listener = await WebhookListener.StartAsync();
        var (company, _, endpoint) = await EndpointAsync(listener);
        foreach (var (role, reads, changes) in new[]
        {
            (Role.Billing, 403, 403), (Role.Manager, 403, 403), (Role.Member, 403, 403), (Role.Auditor, 200, 403),
            (Role.Owner, 200, 204),
        })
        {
            var member = await ledger.MemberAsync(company, role);
            (await member.GetAsync("webhook-endpoints")).Is(reads);
            (await member.GetAsync($"{endpoint}/deliveries")).Is(reads);
            (await member.PostAsync($"{endpoint}/enable")).Is(changes);
        }
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        (await stranger.GetAsync($"{endpoint}/deliveries")).IsProblem(404, "not-found");
        (await stranger.PostAsync($"{endpoint}/enable")).IsProblem(404, "not-found");
        (await stranger.DeleteAsync(endpoint)).IsProblem(404, "not-found");
        Assert.Empty((await stranger.GetAsync("webhook-endpoints")).Items);
    }

    private async Task<(string Company, Caller Admin, string Endpoint)> EndpointAsync(WebhookListener listener)
    {
        var company = await ledger.CompanyAsync();
        var admin = await ledger.MemberAsync(company, Role.Admin);
        var added = (await admin.PostAsync("webhook-endpoints", new { url = listener.Url })).Is(201);
        return (company, admin, $"webhook-endpoints/{added.Text("endpointId")}");
    }

    /// <summary>One crossing, of a limit that one threshold alone is reached of.</summary>
    private async Task CrossAsync(string company)
    {
        var billing = await ledger.MemberAsync(company, Role.Billing);
        (await billing.PostAsync("budgets", BudgetHost.Request(100))).Is(201);
        await ledger.SpendAsync(company, 90);
        await LedgerHost.UntilAsync(async () => (await ledger.CrossingFactsAsync(company)).Count == 1);
    }

    private static async Task<JsonElement> DeliveryAsync(
        Caller admin, string endpoint, Func<JsonElement, bool> holds)
    {
        JsonElement found = default;
        await LedgerHost.UntilAsync(async () =>
            (await admin.GetAsync($"{endpoint}/deliveries")).Is(200).Items is [var delivery]
            && holds(found = delivery));
        return found;
    }

    private Task<List<string>> FactsAsync(string company, string endpoint) =>
        ledger.FactsAsync(company, "endpoint/" + endpoint.Split('/')[1]);

    private static int Attempts(JsonElement delivery) => delivery.GetProperty("attempts").GetArrayLength();

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;

    private static Instant Time(JsonElement item, string property) =>
        NodaTime.Text.InstantPattern.ExtendedIso.Parse(Text(item, property)).Value;
}
