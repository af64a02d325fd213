using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Faults;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Demo;
using Thorbis.Ledger.Simulator.Traffic;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Simulator;

/// <summary>The demonstration's configuration in a ledger of its own, over HTTP as it is.</summary>
public sealed class DemoConfigurationTests : IAsyncLifetime
{
    private static readonly IClock Clock = TimeProvider.System.ToClock();
    private static readonly Instant Now = Clock.GetCurrentInstant();
    private readonly string _databaseName = $"test_{Guid.CreateVersion7():N}";
    private EmbeddedPostgres? _postgres;
    private EmbeddedDatabase? _database;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await EmbeddedPostgres.StartAsync(null, Stop);
        _database = await _postgres.CreateDatabaseAsync(_databaseName, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres!.DropDatabaseAsync(_databaseName, CancellationToken.None);
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task Each_company_gets_a_history_of_several_people_and_gets_it_once()
    {
        using var server = await StartAsync(clockHeader: true);
        foreach (var company in SimulatedCompany.Demonstration)
        {
            Assert.InRange(await ConfigureAsync(server, company), 30, 100);
            var entries = await TrailAsync(server, company);

            Assert.Equal(0, await ConfigureAsync(server, company));
            Assert.Equal(entries.Count, (await TrailAsync(server, company)).Count);

            var recorded = entries.ConvertAll(entry => InstantOf(entry, "recordedAt"));
            Assert.Equal(recorded.OrderDescending(), recorded);
            Assert.InRange(Now - recorded[^1], Duration.FromDays(41), Duration.FromDays(44));
            Assert.InRange(Now - recorded[0], Duration.FromDays(1), Duration.FromDays(4));
            Assert.All(entries, entry =>
                Assert.True(InstantOf(entry, "effectiveAt") >= InstantOf(entry, "recordedAt")));
            Assert.True(entries.Select(entry => entry.GetProperty("by").GetProperty("id").GetString())
                .Distinct().Count() >= 4);
        }
    }

    [Fact]
    public async Task No_change_is_recorded_before_the_last_one()
    {
        using var server = await StartAsync(clockHeader: true);
        var company = SimulatedCompany.Demonstration[1];
        await ConfigureAsync(server, company);
        using var owner = await LedgerSession.SignInAsync(
            server.Url, DemoCompanies.Email(company, "owner"), DemoCompanies.Password("owner"), company.CompanyId,
            Stop);

        (await owner.SendAsync(
            HttpMethod.Put, "/api/v1/rulebook/blocked/%2B12025550199?reason=late", null,
            headers => headers.Add(DemoConfiguration.ClockHeader, $"{Now - Duration.FromDays(50)}"), Stop)).OrThrow();

        var told = await TrailAsync(server, company);
        Assert.Equal("late", told[0].GetProperty("reason").GetString());
        Assert.Equal(InstantOf(told[1], "recordedAt"), InstantOf(told[0], "recordedAt"));
    }

    [Fact]
    public async Task A_ledger_whose_clock_stays_as_it_is_gets_none()
    {
        using var server = await StartAsync(clockHeader: false);
        var company = SimulatedCompany.Demonstration[0];

        Assert.Equal(0, await ConfigureAsync(server, company));

        Assert.Empty(await TrailAsync(server, company));
    }

    private async Task<ServerProcess> StartAsync(bool clockHeader)
    {
        var server = new ServerProcess(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__Ledger"] = _database!.OwnerConnectionString,
            ["ConnectionStrings__LedgerTenant"] = _database.TenantConnectionString,
            ["Demo__ClockHeader"] = $"{clockHeader}",
            ["SIGN_INS_PER_MINUTE"] = "1000",
        });
        await server.StartAsync(Stop);
        await DemoReadiness.StartedAsync(server.Url, Stop);
        return server;
    }

    private static async Task<int> ConfigureAsync(ServerProcess server, SimulatedCompany company)
    {
        using var operators = await LedgerSession.SignInAsync(
            server.Url, DevelopmentOperator.Email, DevelopmentOperator.Password, null, Stop);
        await new DemoCompanies(server.Url, operators).EnsureAsync(company, Now - Duration.FromDays(60), Stop);
        using var configuration = new DemoConfiguration(server.Url, company);
        return await configuration.EnsureAsync(Now, Stop);
    }

    private static async Task<List<JsonElement>> TrailAsync(ServerProcess server, SimulatedCompany company)
    {
        using var auditor = await LedgerSession.SignInAsync(
            server.Url, DemoCompanies.Email(company, "auditor"), DemoCompanies.Password("auditor"), company.CompanyId,
            Stop);
        const string kinds = "rules,schedules,menus,mailboxes,team,changeSets";
        return [.. (await auditor.GetAsync($"/api/v1/trail?kind={kinds}&limit=500", Stop)).OrThrow().Items];
    }

    private static Instant InstantOf(JsonElement entry, string property) =>
        InstantPattern.ExtendedIso.Parse(entry.GetProperty(property).GetString()!).GetValueOrThrow();
}
