using NodaTime;
using Spectre.Console;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Simulator.Demo;

/// <param name="Webhooks">How many make thirty days of history.</param>
/// <param name="PerSecond">Webhooks a second of live traffic, about.</param>
/// <param name="Seed">Null: one from the clock.</param>
/// <param name="MailPort">Where the ledger's e-mails are taken.</param>
internal sealed record DemoAsk(
    Uri Url, int Connections, int Webhooks, int PerSecond, ulong? Seed, int MailPort);

/// <summary>Fills a running ledger with traffic through its real intake, and keeps it busy.</summary>
internal sealed class DemoCommand(DemoAsk ask, IClock clock)
{
    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromMinutes(2);

    /// <summary>Runs until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var mail = DemoMail.Start(ask.MailPort, Console.Out);
        await DemoReadiness.StartedAsync(ask.Url, stop);
        using var operators = await LedgerSession.SignInAsync(
            ask.Url, DevelopmentOperator.Email, DevelopmentOperator.Password, null, stop);
        var now = clock.GetCurrentInstant();
        var companies = new DemoCompanies(ask.Url, operators);
        foreach (var company in SimulatedCompany.Demonstration)
        {
            await companies.EnsureAsync(company, Hour(now) - Duration.FromDays(60), stop);
            using var configuration = new DemoConfiguration(ask.Url, company);
            await configuration.EnsureAsync(now, stop);
        }
        using var owner = await companies.OwnerAsync(SimulatedCompany.Demonstration[0], stop);
        using var signer = WebhookSigner.Development();
        using var client = new WebhookClient(new Uri(ask.Url, "/webhooks/telnyx"), signer, clock, ask.Connections);
        var intake = new DemoIntake(new Carrier(client, DeliveryPatience));
        var seed = ask.Seed ?? (ulong)now.ToUnixTimeMilliseconds();
        Console.Out.WriteLine($"Seed {seed}.");
        var money = new DemoMoney(owner, SimulatedCompany.Demonstration[0], now);
        await money.EnsureDeckAsync(stop);
        await DemoCustomers.EnsureAsync(owner, SimulatedCompany.Demonstration[0], now - Duration.FromDays(60), stop);
        var history = await DemoHistory.PlanAsync(owner, now, seed, ask.Webhooks, stop);
        await FillAsync(intake, history, operators, stop);
        await DemoMail.EnsureBudgetAsync(owner, SimulatedCompany.Demonstration[0], stop);
        var delivered = await money.EnsureDeliveryAsync(stop);
        await money.CloseMonthsAsync(stop);
        await money.WriteRecordsAsync(stop);
        var (key, auditor) = (await KeyAsync(owner, "owner", stop), await KeyAsync(owner, "auditor", stop));
        DemoWelcome.Write(Console.Out, ask.Url, key, auditor, now, delivered);
        await StayBusyAsync(intake, history, seed, stop);
    }

    private async Task FillAsync(
        DemoIntake intake, DemoHistory? history, LedgerSession operators, CancellationToken stop)
    {
        if (history is null)
        {
            Console.Out.WriteLine("The history is there already.");
            return;
        }
        var total = history.Options.Webhooks;
        Console.Out.WriteLine($"{total} webhooks since {history.Options.From} go through the intake.");
        await AnsiConsole.Progress().Columns(Columns()).StartAsync(async progress =>
        {
            var (posted, read) = (progress.AddTask("posted"), progress.AddTask("interpreted"));
            var began = clock.GetCurrentInstant();
            var delivering = intake.DeliverAsync(history.Past, stop);
            while (await Task.WhenAny(delivering, Task.Delay(200, stop)) != delivering && !stop.IsCancellationRequested)
            {
                posted.Value = 100.0 * intake.Answered / total;
            }
            await delivering;
            posted.Value = 100;
            var took = clock.GetCurrentInstant() - began;
            await CatchUpAsync(operators, oldest => read.Value = 100 * ((oldest - began) / took), stop);
            read.Value = 100;
        });
        if (intake.NotTaken is { } losses)
        {
            Console.Error.WriteLine($"Not every webhook was taken: {losses}.");
        }
    }

    private static async Task CatchUpAsync(LedgerSession operators, Action<Instant> reached, CancellationToken stop)
    {
        if (!await DemoReadiness.CaughtUpAsync(operators, reached, stop))
        {
            Console.Error.WriteLine("The ledger is still interpreting; its figures are not complete yet.");
        }
    }

    private async Task StayBusyAsync(DemoIntake intake, DemoHistory? history, ulong seed, CancellationToken stop)
    {
        Console.Out.WriteLine($"Live traffic goes on, about {ask.PerSecond} webhooks a second. Ctrl-C ends it.");
        var live = new DemoLive(intake, clock, seed, ask.PerSecond);
        var begun = history?.Pending(stop) ?? [];
        Task[] parts = [live.WhenDueAsync(begun, stop), live.RunAsync(stop), ReportLossesAsync(intake, stop)];
        await foreach (var part in Task.WhenEach(parts))
        {
            await part;
        }
    }

    private static async Task ReportLossesAsync(DemoIntake intake, CancellationToken stop)
    {
        for (var told = intake.NotTaken; ; await Task.Delay(TimeSpan.FromSeconds(10), stop))
        {
            if (intake.NotTaken is { } losses && losses != told)
            {
                Console.Error.WriteLine($"Not every webhook was taken: {losses}.");
                told = losses;
            }
        }
    }

    private static async Task<string> KeyAsync(LedgerSession owner, string role, CancellationToken stop) =>
        (await owner.PostAsync("/api/v1/api-keys", new { name = "demo", role }, stop))
            .OrThrow().Text("secret") ?? throw new LedgerRefusedException("The new API key came without its secret.");

    private static ProgressColumn[] Columns() =>
        [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()];

    private static Instant Hour(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 3600 * 3600);
}
