using Marten;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Thorbis.Ledger.Simulator.Traffic;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

/// <summary>
/// A ledger with a history as <c>./dev demo</c> plays it: the same companies, generator and intake. Between its two
/// halves prices and cost centres change, and at its end one webhook has been read anew.
/// </summary>
public sealed partial class RecountedLedger : LedgerHost
{
    private const int Webhooks = 6_000;
    private static readonly Instant From = Instant.FromUtc(2026, 2, 22, 0, 0);

    private static readonly TrafficOptions Traffic = new()
    {
        Seed = 20_261_123,
        Companies = SimulatedCompany.Demonstration,
        // Two clock changes and three months.
        From = From,
        Until = Instant.FromUtc(2026, 4, 2, 0, 0),
        Webhooks = Webhooks,
    };

    /// <summary>Who calls the first company most.</summary>
    private static readonly string[] Often = [.. SimulatedCompany.Demonstration[0].Outsiders.Take(16)];

    private Task? filled;

    /// <summary>The first company of the history, whose prices and cost centres change.</summary>
    public static string Company => SimulatedCompany.Demonstration[0].CompanyId;

    /// <summary>Plays the history, once.</summary>
    public Task FillAsync() => filled ??= PlayAsync();

    private async Task PlayAsync()
    {
        var companies = new Faults.Ledger(Database.Owner, TestContext.Current.CancellationToken);
        foreach (var company in SimulatedCompany.Demonstration)
        {
            await companies.AddAsync(company, From - Duration.FromDays(40));
        }
        var months = Host.Services.GetRequiredService<NumberMonthClock>();
        await months.TellAsync(TestContext.Current.CancellationToken);
        var admin = await MemberAsync(Company, Role.Owner);
        await PublishAsync(admin, "2026-01-01T00:00:00Z", "halfUp", 4, 0.0085m);
        var telnyx = new Telnyx(this);
        var history = TrafficModel.Play(Traffic).ToList();
        await PostAsync(telnyx, history[..(Webhooks / 2)]);
        await UseAtEdgesAsync(telnyx);
        // Active since before: prices nothing that is priced already, and everything that comes.
        await PublishAsync(admin, "2026-03-01T00:00:00Z", "up", 3, 0.0125m);
        var number = Uri.EscapeDataString(SimulatedCompany.Demonstration[0].Numbers[0]);
        var centre = new { costCentre = "sales", from = "2026-03-10" };
        (await admin.PostAsync($"numbers/{number}/cost-centres", centre)).Is(200);
        await NameCustomersAsync(admin);
        await PostAsync(telnyx, history[(Webhooks / 2)..(Webhooks * 3 / 4)]);
        await RerateAsync(admin);
        await RerateAsync(await MemberAsync(Other.CompanyId, Role.Owner), Fourth);
        await MovePartiesAsync(admin);
        await PostAsync(telnyx, history[(Webhooks * 3 / 4)..]);
        await UseLateAsync(telnyx, admin);
        await OddCallAsync(telnyx);
        await UsePhonesAsync(telnyx);
        await ReadAnewAsync();
        await telnyx.SettleAsync();
    }

    /// <summary>Two customers; one has a cost centre.</summary>
    private static async Task NameCustomersAsync(Caller admin)
    {
        (await admin.PutAsync("customers/ACME-17", new { name = "Acme" })).Is(201);
        (await admin.PutAsync("customers/GLOBEX-2", new { name = "Globex" })).Is(201);
        await LinkAsync(admin, "ACME-17", Often[..6], "2026-03-05");
        await LinkAsync(admin, "GLOBEX-2", Often[6..], "2026-03-01");
        await AssignAsync(admin, "ACME-17", "acme", "2026-03-08");
    }

    /// <summary>Some parties become the other customer's, one nobody's; and the other has a cost centre, too.</summary>
    private static async Task MovePartiesAsync(Caller admin)
    {
        await LinkAsync(admin, "GLOBEX-2", Often[2..4], "2026-03-15");
        await AssignAsync(admin, "GLOBEX-2", "globex", "2026-03-01");
        (await admin.DeleteAsync(
            $"customers/ACME-17/parties/{Uri.EscapeDataString(Often[0])}?from=2026-03-25&reason=moved")).Is(204);
    }

    private static async Task LinkAsync(Caller admin, string customer, IEnumerable<string> parties, string from)
    {
        foreach (var party in parties)
        {
            (await admin.PostAsync($"customers/{customer}/parties", new { party, from })).Is(200);
        }
    }

    private static async Task AssignAsync(Caller admin, string customer, string costCentre, string from) =>
        (await admin.PostAsync($"customers/{customer}/cost-centres", new { costCentre, from })).Is(200);

    /// <summary>Billed without an answer, by parts that do not add up, and followed by a failed calculation.</summary>
    private static async Task OddCallAsync(Telnyx telnyx)
    {
        var number = SimulatedCompany.Demonstration[0].Numbers[1];
        await telnyx.PostAsync(Telnyx.Started("odd", "+14155550199", number));
        async Task TellAsync(string type, int minutes, string more) => Assert.Equal(200, await telnyx.PostAsync(
            Telnyx.Event(
                type, Telnyx.Leg("odd", "+14155550199", number, more),
                at: Telnyx.Noon + Duration.FromMinutes(minutes))));
        await TellAsync("call.hangup", 1, "");
        await TellAsync("call.cost", 2, """
            ,"status":"success","total_cost":"0.0300","billed_duration_secs":61,"cost_parts":[
            {"call_part":"sip-trunking","billed_duration_secs":61,"cost":"0.0100","currency":"USD"},
            {"call_part":"sip-trunking","cost":"0.0100","currency":"USD"}]
            """);
        await TellAsync("call.cost", 3, ""","status":"error","total_cost":null,"cost_parts":[]""");
    }

    private static async Task PostAsync(Telnyx telnyx, IEnumerable<SimulatedWebhook> webhooks)
    {
        await Parallel.ForEachAsync(
            webhooks, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (webhook, _) => Assert.Equal(200, await telnyx.PostAsync(webhook.Body)));
        await telnyx.SettleAsync();
    }

    private static async Task PublishAsync(
        Caller admin, string activeFrom, string mode, int decimals, decimal price, string deck = "default") =>
        (await admin.PostAsync($"rate-decks/{deck}/versions", new
        {
            currency = "USD",
            reason = "contract",
            activeFrom,
            rounding = new { mode, decimals },
            rows = (object[])
            [
                new { service = "callIn", unit = "minute", price, firstIncrement = 60, increment = 6 },
                new
                {
                    service = "callIn", unit = "minute", price, prefix = "+1212", firstIncrement = 1, increment = 1,
                    minimum = 30, connectFee = 0.0101m,
                },
                new { service = "callOut", unit = "minute", price = 0.02m },
                new { service = "callOut", unit = "minute", price = 0.009m, prefix = "+1", increment = 6 },
                new { service = "callOut", unit = "minute", price = 0.0093m, prefix = "+1415", increment = 7 },
                new { service = "clientLeg", unit = "minute", price = 0.00123m, increment = 1 },
                new { service = "smsIn", unit = "part", price = 0.00205m },
                new { service = "smsOut", unit = "part", price = 0.0075m, connectFee = 0.00015m },
                new { service = "smsOut", unit = "part", price = 0.0071m, prefix = "+1" },
                new { service = "mmsIn", unit = "medium", price = 0.0101m },
                new { service = "mmsOut", unit = "part", price = 0.011m },
                new { service = "mmsOut", unit = "medium", price = 0.02m },
                new { service = "recording", unit = "item", price = 0.001m },
                new { service = "recording", unit = "minute", price = 0.0023m, firstIncrement = 1, increment = 1 },
                new { service = "transcription", unit = "item", price = 0.05m },
                new { service = "numberMonth", unit = "month", price = 1.13m },
                new { service = "numberMonth", unit = "month", price = 2.00m, numberType = "toll_free" },
            ],
        })).Is(201);

    /// <summary>As a mended interpreter would: the cost of one call becomes another fact of the same webhook.</summary>
    private async Task ReadAnewAsync()
    {
        var store = Host.Services.GetRequiredService<IDocumentStore>();
        var stop = TestContext.Current.CancellationToken;
        await using var session = store.LightweightSession(Company);
        var stream = (await RowsAsync("""
            select min(stream_id) from ledger.mt_events
            where tenant_id = $1 and type = 'call_cost_reported' and (data #>> '{total,amount}')::numeric > 0
            """, Company))[0];
        var told = (await session.Events.FetchStreamAsync(stream, token: stop))
            .First(e => e.Data is CallCostReported { Total.Amount: > 0 });
        var fact = (CallCostReported)told.Data;
        var revised = session.Events.BuildEvent(fact with
        {
            Revision = 1,
            Total = new Money(fact.Total!.Amount + 0.0311m, fact.Total.Currency),
        });
        revised.CausationId = told.CausationId;
        session.Events.Append(stream, revised);
        await session.SaveChangesAsync(stop);
    }
}
