using Alba;
using JasperFx.CommandLine;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Settings;
using Xunit;

namespace Thorbis.Ledger.Server.Tests;

/// <summary>Tests that share one running ledger; each makes the companies and people it needs.</summary>
[CollectionDefinition]
public sealed class LedgerTests : ICollectionFixture<LedgerHost>;

/// <summary>The whole server on an empty database of its own.</summary>
public class LedgerHost : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string databaseName = $"test_{Guid.CreateVersion7():N}";
    private EmbeddedPostgres? postgres;
    private Caller? signedInOperator;
    private int made;

    public IAlbaHost Host { get; private set; } = null!;

    /// <summary>The role that requests read with.</summary>
    public string TenantRole => new NpgsqlConnectionStringBuilder(Database.Tenant.ConnectionString).Username!;

    /// <summary>Settings of this host alone, by their names.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Replaces what this host alone has otherwise, such as its clock.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    public FactTransactions Transactions => Host.Services.GetRequiredService<FactTransactions>();

    public LedgerDatabase Database => Host.Services.GetRequiredService<LedgerDatabase>();

    public async ValueTask InitializeAsync()
    {
        JasperFxEnvironment.AutoStartHost = true;
        postgres = await EmbeddedPostgres.StartAsync(null, CancellationToken.None);
        var database = await postgres.CreateDatabaseAsync(databaseName, CancellationToken.None);
        Host = await AlbaHost.For<Program>(builder =>
        {
            builder
                .UseEnvironment("Development")
                .UseSetting(DatabaseSetup.OwnerSetting, database.OwnerConnectionString)
                .UseSetting(DatabaseSetup.TenantSetting, database.TenantConnectionString)
                .UseSetting(LedgerSettings.SignIns.Name, "100000")
                .ConfigureServices(services =>
                {
                    services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
                    Configure(services);
                });
            foreach (var (name, value) in Settings)
            {
                builder.UseSetting(name, value);
            }
        });
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
        await postgres!.DropDatabaseAsync(databaseName, CancellationToken.None);
        await postgres.DisposeAsync();
    }

    public IClock Clock => Host.Services.GetRequiredService<IClock>();

    /// <summary>Until it holds; bounded.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await holds())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public async Task<long> ScalarAsync(string sql, params object?[] values) =>
        long.Parse((await RowsAsync(sql, values))[0]);

    /// <summary>A company that holds these numbers since the start of 2026, confirmed.</summary>
    public async Task<(string Company, string Number)> CompanyWithNumberAsync()
    {
        var company = await CompanyAsync();
        var number = $"+1202555{Interlocked.Increment(ref made) + 1000:D4}";
        await HoldAsync(company, number);
        return (company, number);
    }

    /// <summary>Registers a number for a company from the start of 2026 on, and confirms it.</summary>
    public async Task HoldAsync(string company, string number)
    {
        var admin = await MemberAsync(company, Role.Admin);
        var claimed = (await admin.PostAsync("numbers", new { number, from = "2026-01-01T00:00:00Z" })).Is(201);
        (await (await OperatorAsync()).PostAsync($"operator/numbers/{claimed.Text("ownershipId")}/confirm")).Is(204);
    }

    /// <summary>The first column of a query by the owner, as text.</summary>
    public async Task<List<string>> RowsAsync(string sql, params object?[] values)
    {
        await using var command = Database.Owner.Command(sql, values);
        return await command.ListAsync(row => row.GetValue(0).ToString() ?? "", CancellationToken.None);
    }

    /// <summary>A name no other test has: company ids, addresses.</summary>
    public string Unique(string prefix) => $"{prefix}-{Interlocked.Increment(ref made)}";

    /// <summary>A browser or program that nobody has signed in yet.</summary>
    public Caller Anonymous() => new(Host.Server.CreateClient());

    /// <summary>The operator of Development, signed in.</summary>
    public async Task<Caller> OperatorAsync()
    {
        if (signedInOperator is null)
        {
            var caller = Anonymous();
            (await caller.SignInAsync(Development.OperatorEmail, Development.OperatorPassword)).Is(200);
            signedInOperator = caller;
        }
        return signedInOperator;
    }

    /// <summary>A new company of zone New York.</summary>
    public async Task<string> CompanyAsync()
    {
        var company = Unique("company");
        var op = await OperatorAsync();
        var request = new { companyId = company, name = company, zone = "America/New_York" };
        (await op.PostAsync("operator/companies", request)).Is(201);
        return company;
    }

    /// <summary>A new member of a company, not signed in.</summary>
    /// <returns>His user id and address; the password is <see cref="Password"/>.</returns>
    public async Task<(string UserId, string Email)> AddMemberAsync(string company, Role role)
    {
        var email = Unique("somebody") + "@example.com";
        var op = await OperatorAsync();
        var request = new { email, password = Password, role };
        var added = await op.PostAsync($"operator/companies/{company}/members", request);
        return (added.Is(201).Text("userId"), email);
    }

    /// <summary>A new member of a company, signed in.</summary>
    public async Task<Caller> MemberAsync(string company, Role role)
    {
        var (_, email) = await AddMemberAsync(company, role);
        var caller = Anonymous();
        await caller.SignInAsync(email, Password);
        return caller;
    }

    /// <summary>A program of a company, with a new key of a role.</summary>
    public async Task<Caller> ProgramAsync(string company, Role role)
    {
        var owner = await MemberAsync(company, Role.Owner);
        var key = (await owner.PostAsync("api-keys", new { name = "test", role })).Is(201);
        return Anonymous().WithKey(key.Text("secret"));
    }
}
