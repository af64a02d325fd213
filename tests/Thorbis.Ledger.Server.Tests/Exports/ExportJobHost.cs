using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Thorbis.Ledger.Server.Exports;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

/// <summary>Tests whose ledger writes an export in the background when they say so.</summary>
[CollectionDefinition]
public sealed class ExportJobTests : ICollectionFixture<ExportJobHost>;

/// <summary>A ledger of its own, in which nothing takes up jobs by itself, and little of each is allowed.</summary>
public sealed class ExportJobHost : LedgerHost
{
    public const int WaitingMax = 2;

    internal ExportRunner Runner => Host.Services.GetRequiredService<ExportRunner>();

    internal ExportJobs Jobs => Host.Services.GetRequiredService<ExportJobs>();

    internal ExportRun Run => Host.Services.GetRequiredService<ExportRun>();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Exports:JobsWaitingMax"] = $"{WaitingMax}",
        ["Exports:FileBytesMax"] = "4000000",
    };

    protected override void Configure(IServiceCollection services)
    {
        var runner = services.Single(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationFactory is Func<IServiceProvider, ExportRunner>);
        services.Remove(runner);
    }

    /// <summary>Asks for a job.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> AskAsync(Caller caller, string export, string query = "") =>
        $"export-jobs/{(await caller.PostAsync($"exports/{export}/jobs{query}")).Is(202).Text("jobId")}";

    /// <summary>Writes all that waits, of all tests.</summary>
    public async Task WriteAsync()
    {
        while (await Runner.RunNextAsync(TestContext.Current.CancellationToken))
        {
        }
    }

    /// <summary>Calls of a company that nothing told of.</summary>
    public Task<List<string>> FillAsync(string company, int calls) => RowsAsync("""
        insert into ledger.call (tenant_id, call_id, direction, number, party, internal, usage_at, ended_at,
          last_fact_at, outcome, talk_microseconds, ring_microseconds, billable_seconds, billed_unanswered, legs,
          recordings, carrier_cost, carrier_currency, state, menu_keys)
        select $1, 'call-' || n, 'incoming', '+12025550100', '+1415' || n, n % 7 = 0,
          '2026-03-10T12:00:00Z'::timestamptz + n * interval '1.000001 s', '2026-03-11T12:00:00Z',
          '2026-03-11T12:00:00Z', 'answered', n * 1000001::bigint, n, n, false, 1, 0,
          case when n % 3 = 0 then n * 0.0001 end, case when n % 3 = 0 then 'USD' end, '{}', ''
        from generate_series(1, $2) n
        """, company, calls);

    public Task<List<string>> LoggedAsync(string company) => RowsAsync("""
        select action || ' ' || subject from platform.access_log
        where tenant_id = $1 and action like 'export%' order by access_id
        """, company);
}
