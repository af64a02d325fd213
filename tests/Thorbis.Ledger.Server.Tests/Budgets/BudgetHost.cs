using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Budgets;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Tests.Statements;
using Thorbis.Ledger.Simulator.Mail;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Budgets;

/// <summary>Tests whose ledger hands over e-mails and files, and whose time passes when they say so.</summary>
[CollectionDefinition]
public sealed class BudgetLedgerTests : ICollectionFixture<BudgetHost>;

/// <summary>A ledger of its own, with a clock that stands still, and with a mail server, a folder and a storage that
/// keep everything.</summary>
public sealed class BudgetHost : LedgerHost
{
    public SmtpSink Mail { get; } = SmtpSink.Start(port: 0);

    /// <summary>Where it writes statements.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("ledger-statements-").FullName;

    public S3Listener Storage { get; } = S3Listener.Start();

    /// <summary>Noon in New York; only ever goes on.</summary>
    public FakeClock Time { get; } = new(Instant.FromUtc(2026, 3, 10, 16, 0));

    /// <summary>First day of the present month in New York.</summary>
    public LocalDate Period => SpendReading.PeriodOf(
        Time.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["America/New_York"]));

    internal BudgetEvaluator Evaluator => Host.Services.GetRequiredService<BudgetEvaluator>();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["SMTP_HOST"] = "127.0.0.1",
        ["SMTP_PORT"] = $"{Mail.Port}",
        ["SMTP_TLS"] = "none",
        ["SMTP_FROM"] = "ledger@thorbis.example",
        ["SITE_URL"] = "https://ledger.thorbis.example",
        ["Statements:FolderRoot"] = Folder,
        ["Statements:S3Buckets"] = $"{S3Listener.Bucket}, missing-bucket",
        ["Statements:S3Endpoint"] = Storage.Url,
        ["Statements:S3AccessKey"] = S3Listener.AccessKey,
        ["Statements:S3SecretKey"] = S3Listener.SecretKey,
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mail.DisposeAsync();
        await Storage.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    protected override void Configure(IServiceCollection services) =>
        services.RemoveAll<IClock>().AddSingleton<IClock>(Time);

    /// <summary>Lets time pass, and has what is due by then sent.</summary>
    public void Pass(Duration time)
    {
        Time.Advance(time);
        Host.Services.GetRequiredService<DeliverySender>().Wake();
    }

    /// <summary>Adds to a company's costs, as the costs projection does, and says so as it does.</summary>
    /// <param name="day">Its day, and month; today when left out.</param>
    public async Task SpendAsync(
        string company, decimal amount, LocalDate? day = null, string number = "", string currency = "USD",
        bool tell = true)
    {
        var on = day ?? Time.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).Date;
        const string values = "$2, 'carrier', 'call_out', $3, 'out', 'US', '', $4";
        await RowsAsync($"""
            insert into ledger.cost_month values ($1, {values}, 1, 1, $5)
            on conflict (tenant_id, month, source, service, number, direction, country, cost_centre, currency)
            do update set amount = cost_month.amount + excluded.amount
            """, company, on.With(DateAdjusters.StartOfMonth), number, currency, amount);
        await RowsAsync($"""
            insert into ledger.cost_day
            select tenant_id, month, 0, source, service, number, direction, country, cost_centre, currency, lines, 1, $5
            from (values ($1, $2::date, 'carrier', 'call_out', $3, 'out', 'US', '', $4, 1))
              as c (tenant_id, month, source, service, number, direction, country, cost_centre, currency, lines)
            on conflict (tenant_id, day, source, service, number, direction, country, cost_centre, currency, epoch)
            do update set amount = cost_day.amount + excluded.amount
            """, company, on, number, currency, amount);
        if (tell)
        {
            await RowsAsync($"select pg_notify('{CostsProjection.Channel}', $1)::text", $"another,{company}");
        }
    }

    /// <summary>A company with a budget of its carrier costs.</summary>
    /// <returns>Somebody of its billing, and the budget's path.</returns>
    public async Task<(string Company, Caller Billing, string Budget)> BudgetAsync(
        decimal limit, bool forecastAlert = false, params string[] recipients)
    {
        var company = await CompanyAsync();
        var billing = await MemberAsync(company, Role.Billing);
        var defined = await billing.PostAsync("budgets", Request(limit, forecastAlert, recipients));
        return (company, billing, $"budgets/{defined.Is(201).Text("budgetId")}");
    }

    public static object Request(decimal limit, bool forecastAlert = false, string[]? recipients = null) =>
        new { name = "Calls", source = "carrier", limit, currency = "USD", forecastAlert, recipients };

    /// <summary>The stored names of a budget's or an endpoint's facts, in order.</summary>
    public Task<List<string>> FactsAsync(string company, string stream) => RowsAsync(
        "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version", company, stream);

    public Task<List<string>> CrossingFactsAsync(string company) => RowsAsync(
        "select type from ledger.mt_events where tenant_id = $1 and type like 'budget%crossed' order by seq_id",
        company);

    public static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
