using System.Text.Json;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Hosting;

/// <summary>Nothing of one company is visible to another, and Postgres itself enforces it.</summary>
[Collection<LedgerTests>]
public sealed class IsolationTests(LedgerHost ledger)
{
    private const string CompanyTables = """
        select n.nspname || '.' || c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        order by 1
        """;

    [Fact]
    public async Task Every_table_with_a_company_has_the_policy_and_row_level_security_on()
    {
        var tables = await ledger.RowsAsync(CompanyTables);
        var guarded = await ledger.RowsAsync("""
            select p.schemaname || '.' || p.tablename from pg_policies p
            join pg_class c on c.oid = (quote_ident(p.schemaname) || '.' || quote_ident(p.tablename))::regclass
            where p.policyname = 'company_isolation' and p.cmd = 'SELECT' and c.relrowsecurity order by 1
            """);

        Assert.Contains("ledger.mt_events", tables);
        Assert.Contains("ledger.usage_bucket", tables);
        Assert.Empty(tables.Except(guarded));
        Assert.Equal(["intake.backlog", "intake.body", "intake.entry"], guarded.Except(tables));
    }

    [Fact]
    public async Task The_tenant_login_may_read_guarded_tables_only_and_write_nothing()
    {
        var readable = await ledger.RowsAsync("""
            select table_schema || '.' || table_name from information_schema.role_table_grants
            where grantee = $1 and privilege_type = 'SELECT' order by 1
            """, EmbeddedPostgres.TenantRole);
        var writable = await ledger.RowsAsync("""
            select table_name from information_schema.role_table_grants where grantee = $1
              and privilege_type <> 'SELECT'
            """, EmbeddedPostgres.TenantRole);

        var guarded = await ledger.RowsAsync("select schemaname || '.' || tablename from pg_policies");
        Assert.Equal(["ledger.mark", "ledger.mt_event_progression"], readable.Except(guarded).Order());
        Assert.DoesNotContain("platform.api_key", readable);
        Assert.DoesNotContain("platform.member", readable);
        Assert.DoesNotContain("platform.mailbox_pin", readable);
        Assert.Empty(writable);
    }

    [Fact]
    public async Task Without_a_company_the_tenant_login_sees_no_row_and_with_one_only_its_own()
    {
        var (first, _) = await TrafficAsync();
        var (second, _) = await TrafficAsync();
        foreach (var table in await ReadableTablesAsync())
        {
            Assert.Equal(0, await CountAsync(null, $"select count(*) from {table}"));
            Assert.Equal(0, await CountAsync(first, $"select count(*) from {table} where tenant_id <> '{first}'"));
        }
        foreach (var table in new[] { "ledger.call", "ledger.mt_events", "ledger.usage_bucket",
            "intake.journal_company" })
        {
            Assert.NotEqual(0, await CountAsync(second, $"select count(*) from {table}"));
        }
    }

    [Fact]
    public async Task A_company_sees_the_journal_rows_of_its_own_webhooks_only()
    {
        var (first, _) = await TrafficAsync();
        await TrafficAsync();

        foreach (var table in new[] { "entry", "body" })
        {
            var seen = await CountAsync(first, $"select count(*) from intake.{table}");
            var own = await ledger.ScalarAsync("select count(*) from intake.journal_company where tenant_id = $1",
                first);
            Assert.Equal(own, seen);
        }
    }

    /// <summary>Walks the OpenAPI document: every operation with the ids of another company, under every
    /// role.</summary>
    [Fact]
    public async Task No_operation_shows_or_changes_what_belongs_to_another_company()
    {
        var (_, secrets) = await TrafficAsync();
        var mine = await ledger.CompanyAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            var caller = await ledger.MemberAsync(mine, role);
            await foreach (var (method, path) in OperationsAsync())
            {
                foreach (var id in path.Contains('{') ? secrets : [""])
                {
                    var answer = await caller.SendAsync(method, Fill(path, id), method == HttpMethod.Get ? null
                        : new { });
                    Assert.True(answer.Status is < 500, $"{role} {method} {path}: {answer.Status}");
                    Assert.True(id.Length == 0
                        || answer.Status is >= 400, $"{role} {method} {path} with {id}: {answer.Status}");
                    // The log of accesses shows what this company itself has asked for just now.
                    Assert.DoesNotContain(secrets, secret => path != "access-log"
                        && answer.Body.ToString().Contains(secret, StringComparison.Ordinal));
                }
            }
        }
    }

    private async IAsyncEnumerable<(HttpMethod Method, string Path)> OperationsAsync()
    {
        var text = await ledger.Host.Server.CreateClient().GetStringAsync(new Uri("http://localhost/openapi/v1.json"));
        using var document = JsonDocument.Parse(text);
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject()
                .Where(o => path.Name.StartsWith("/api/v1/", StringComparison.Ordinal)))
            {
                var skipped = path.Name is "/api/v1/live" or "/api/v1/sign-out" or "/api/v1/sign-in";
                if (!skipped)
                {
                    yield return (HttpMethod.Parse(operation.Name), path.Name["/api/v1/".Length..]);
                }
            }
        }
    }

    private static string Fill(string path, string id) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? Uri.EscapeDataString(id) : part));

    /// <summary>A company with a call, and the ids that nobody else may see.</summary>
    private async Task<(string Company, string[] Secrets)> TrafficAsync()
    {
        var telnyx = new Telnyx(ledger);
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var leg = ledger.Unique("secret-leg");
        await telnyx.PostAsync(Telnyx.Started(leg, "+14155550123", number));
        await telnyx.SettleAsync();
        var journal = await ledger.RowsAsync("select journal_id from intake.journal_company where tenant_id = $1",
            company);
        var keys = await ledger.RowsAsync("select ownership_id from platform.number_ownership where tenant_id = $1",
            company);
        var job = (await (await ledger.MemberAsync(company, Role.Billing)).PostAsync("exports/calls/jobs")).Is(202);
        return (company, [$"s-{leg}", .. journal, .. keys, job.Text("jobId")]);
    }

    private async Task<List<string>> ReadableTablesAsync() => await ledger.RowsAsync("""
        select distinct g.table_schema || '.' || g.table_name
        from information_schema.role_table_grants g
        join information_schema.columns c on (c.table_schema, c.table_name, c.column_name) = (g.table_schema,
          g.table_name, 'tenant_id')
        where g.grantee = $1
        """, EmbeddedPostgres.TenantRole);

    private async Task<long> CountAsync(string? company, string sql)
    {
        var stop = TestContext.Current.CancellationToken;
        if (company is not null)
        {
            return await ledger.Database.ReadAsync(company, c => ScalarAsync(c, sql), stop);
        }
        await using var connection = await ledger.Database.Tenant.OpenConnectionAsync(stop);
        return await ScalarAsync(connection, sql);
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
