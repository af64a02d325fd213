using System.Text.RegularExpressions;
using Npgsql;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Porting;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Audit;

[Collection<LedgerTests>]
public sealed partial class TrailKindsTests(LedgerHost ledger)
{
    private static readonly Type[] FromTheCarrier =
        [typeof(CallFact), typeof(MessageFact), typeof(PortingFact), typeof(NumberOrdered)];

    [Fact]
    public void Every_fact_is_of_a_family_of_the_trail_or_told_by_the_carrier_or_no_change()
    {
        var elsewhere = FactCatalogue.All.Where(fact => TrailKinds.NoChange.Contains(fact.Type)
            || FromTheCarrier.Any(type => type.IsAssignableFrom(fact.Type))).Select(fact => fact.Name);

        Assert.Equal(
            FactCatalogue.All.Select(fact => fact.Name).Order(), TrailKinds.All.Concat(elsewhere).Order());
    }

    /// <summary>Rolled back: 200 changes of a company among 100,000 facts of calls.</summary>
    [Fact]
    public async Task A_page_reads_the_index_of_what_commands_told_and_not_the_ledger()
    {
        var company = await ledger.CompanyAsync();
        await using var connection =
            await ledger.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction =
            await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        // Places far ahead: whoever takes one of the ledger's own and gives it up holds up its projections.
        foreach (var (facts, first, causation, type) in new[]
        {
            (100_000, 1_000_000_000, "'x'", "call_answered"), (200, 1_001_000_000, "null", "goal_retired"),
        })
        {
            await ExecuteAsync(connection, $$"""
                insert into ledger.mt_streams (id, version, tenant_id)
                select '{{type}}/' || n, 1, '{{company}}' from generate_series(1, {{facts}}) n;
                insert into ledger.mt_events (
                  seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived,
                  causation_id)
                select {{first}} + n, gen_random_uuid(), '{{type}}/' || n, 1, '{}', '{{type}}',
                  now(), '{{company}}', '', false, {{causation}} from generate_series(1, {{facts}}) n
                """);
        }
        await ExecuteAsync(connection, "analyze ledger.mt_events");
        // The owner may not become the tenant login, so he is put under the same policy.
        await ExecuteAsync(connection, $"""
            create policy as_tenant on ledger.mt_events for select
              using (mt_events.tenant_id = current_setting('app.tenant_id', true));
            alter table ledger.mt_events force row level security;
            select set_config('app.tenant_id', '{company}', true)
            """);
        var selection = new TrailFilter().Apply(new Selection(company));
        await using var command = selection.Command(connection, "explain analyze " + TrailReader.Sql(selection, 51));

        var plan = await command.ListAsync(row => row.GetString(0), TestContext.Current.CancellationToken);

        Assert.Contains(plan, line => line.Contains("mt_events_told_by_commands", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
        // Of the 100,000 facts beside them none was looked at.
        var touched = plan.SelectMany(line => Touched().Matches(line))
            .Select(match => double.Parse(match.Groups[1].Value));
        Assert.True(touched.Max() <= 250, string.Join('\n', plan));
    }

    [GeneratedRegex(@"(?:actual time=\S+ rows=|Rows Removed by \w+: )([0-9.]+)")]
    private static partial Regex Touched();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
