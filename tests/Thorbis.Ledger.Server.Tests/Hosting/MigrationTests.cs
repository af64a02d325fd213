using Microsoft.Extensions.DependencyInjection;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Calls;
using Xunit;
using Role = Thorbis.Ledger.Domain.Companies.Role;

namespace Thorbis.Ledger.Server.Tests.Hosting;

/// <summary>A database that an earlier version made, and what is in it.</summary>
public sealed class MigrationTests
{
    private const string FirstVersion = """
        drop table ledger.wait_bucket, platform.goal;
        alter table ledger.call drop column wait_microseconds, drop column queue_seconds, drop column menu_keys,
          drop column origin, drop column leg_bills;
        create index call_usage on ledger.call (tenant_id, usage_at, call_id);
        alter table ledger.call alter column state type jsonb using state::jsonb;
        alter table ledger.message alter column state type jsonb using state::jsonb;
        drop table ledger.cost_line, ledger.cost_month, ledger.cost_day, ledger.cost_quarter, ledger.cost_account,
          ledger.cost_centre, ledger.mark, ledger.statement, ledger.statement_piece;
        drop table ledger.budget, ledger.budget_crossing,
          platform.delivery_attempt, platform.delivery, platform.recipient, platform.webhook_secret,
          platform.webhook_endpoint;
        drop table ledger.reconciliation, ledger.reconciliation_difference, ledger.invoice_tie_out;
        drop table ledger.export_job, ledger.export_piece;
        drop table platform.customer, platform.customer_party, ledger.usage_centre, ledger.centre_bucket;
        alter table ledger.call drop column first_seq, drop column cost_centre;
        alter table ledger.message drop column first_seq, drop column cost_centre;
        drop index platform.access_log_page;
        alter table platform.access_log drop column address, drop column status, drop column rows, drop column sha256;
        drop table platform.mailbox_pin, platform.change_set_due;
        delete from platform.schema_script where name >= '0002'
        """;

    private const string Columns = """
        select distinct data_type from information_schema.columns
        where table_schema = 'ledger' and table_name in ('call', 'message') and column_name = 'state'
        """;

    private const string OurIndex = "select oid::text from pg_class where relname = 'mt_events_told_by_commands'";

    [Fact]
    public async Task A_ledger_of_the_first_version_is_brought_up_to_date_keeps_its_rows_and_goes_on()
    {
        await using var ledger = new LedgerHost();
        await ledger.InitializeAsync();
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.OpenCallAsync(Webhooks.Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        await ledger.RowsAsync(FirstVersion);
        Assert.Equal(["jsonb"], await ledger.RowsAsync(Columns));
        var index = Assert.Single(await ledger.RowsAsync(OurIndex));

        await LedgerMigration.MigrateAsync(
            ledger.Host.Services, ledger.TenantRole, TestContext.Current.CancellationToken);

        Assert.Equal(["text"], await ledger.RowsAsync(Columns));
        // The same one: Marten has not dropped it for being unknown to it.
        Assert.Equal([index], await ledger.RowsAsync(OurIndex));
        await traffic.TellAsync("call.hangup", leg, Webhooks.Telnyx.Noon + NodaTime.Duration.FromMinutes(1));
        await traffic.Telnyx.SettleAsync();
        var call = (await (await traffic.AsAsync(Role.Member)).GetAsync($"calls/s-{leg}")).Is(200);
        Assert.Equal("2026-03-10T12:01:00Z", call.Body.GetProperty("call").GetProperty("endedAt").GetString());
    }
}
