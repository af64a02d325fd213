using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>What a billing clerk of the first company finds: prices, closed months, and a file to compare.</summary>
internal sealed class DemoMoney(LedgerSession owner, SimulatedCompany company, Instant now)
{
    /// <summary>Where the carrier's file is written.</summary>
    public const string RecordsFile = ".local/detail-records.csv";

    /// <summary>What <c>./dev demo</c> offers to companies' statements.</summary>
    private const string StatementsFolder = ".local/statements";

    private const int AskedMax = 30;
    private const int CostsBehind = 503;
    private const int NotOffered = 422;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private const decimal Overcharge = 0.01m;

    /// <summary>The day whose calls the file has: the one before today, in the company's zone.</summary>
    public LocalDate Day => now.InZone(DateTimeZoneProviders.Tzdb[company.Zone]).Date.PlusDays(-1);

    /// <summary>Prices of its own, in force before the history begins; nothing when it has some.</summary>
    public async Task EnsureDeckAsync(CancellationToken stop)
    {
        const string versions = "/api/v1/rate-decks/default/versions";
        if ((await owner.GetAsync($"{versions}/1", stop)).Status == 200)
        {
            return;
        }
        (await owner.PostAsync(versions, new
        {
            currency = "USD",
            reason = "Contract of the demonstration",
            activeFrom = InstantPattern.ExtendedIso.Format(now - Duration.FromDays(90)),
            rows = (object[])
            [
                new { service = "callIn", unit = "minute", price = 0.0085m, firstIncrement = 60, increment = 6 },
                new { service = "callOut", unit = "minute", price = 0.02m },
                new { service = "callOut", unit = "minute", price = 0.009m, prefix = "+1", increment = 6 },
                new { service = "smsIn", unit = "part", price = 0.002m },
                new { service = "smsOut", unit = "part", price = 0.0075m },
                new { service = "mmsOut", unit = "medium", price = 0.02m },
                new { service = "numberMonth", unit = "month", price = 1.00m },
                new { service = "numberMonth", unit = "month", price = 2.00m, numberType = "toll_free" },
            ],
        }, stop)).OrThrow();
    }

    /// <summary>Has closed months delivered by e-mail, and to a folder where the ledger offers one; nothing when the
    /// company has said where.</summary>
    /// <returns>Where they go, for people.</returns>
    public async Task<string> EnsureDeliveryAsync(CancellationToken stop)
    {
        object mail = new { kind = "mail", address = DemoCompanies.Email(company, "billing") };
        object folder = new { kind = "folder", path = "statements" };
        if (await DestinationsAsync(stop) is [] && (await DeliverAsync([mail, folder], stop)).Status == NotOffered)
        {
            (await DeliverAsync([mail], stop)).OrThrow();
        }
        return string.Join(" and ", (await DestinationsAsync(stop)).Select(destination =>
            LedgerReply.Text(destination, "path") is { } path
                ? $"{StatementsFolder}/{company.CompanyId}/{path}"
                : LedgerReply.Text(destination, "address") ?? LedgerReply.Text(destination, "bucket")));
    }

    /// <summary>Closes every month that has ended.</summary>
    public async Task CloseMonthsAsync(CancellationToken stop)
    {
        for (var asked = 0; asked < AskedMax; asked++)
        {
            var next = (await owner.GetAsync("/api/v1/statements", stop)).OrThrow().Text("next");
            var answer = await owner.PostAsync(
                $"/api/v1/statements/{next}/close", new { reason = "Month end" }, stop);
            if (answer.Status == CostsBehind)
            {
                await Task.Delay(Pause, stop);
            }
            else if (answer.Status != 200)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Yesterday's calls as the carrier would bill them, each as a whole, but for three: one is left out, one costs
    /// more, and one is unknown to the ledger.
    /// </summary>
    public async Task WriteRecordsAsync(CancellationToken stop)
    {
        var file = new StringBuilder("telnyx_session_id,started_at,cli,cld,billed_sec,cost,currency\r\n");
        var (written, cursor) = (0, "");
        do
        {
            var page = (await owner.GetAsync(
                $"/api/v1/calls?from={StartOf(Day)}&to={StartOf(Day.PlusDays(1))}&limit=500{cursor}", stop)).OrThrow();
            foreach (var call in page.Items.Where(call => call.TryGetProperty("carrierCost", out _)))
            {
                Add(file, call, written++);
            }
            cursor = page.Text("next") is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : "";
        }
        while (cursor.Length > 0);
        file.Append(CultureInfo.InvariantCulture, $"unknown-to-the-ledger,{Text(Day)}T17:00:00Z,")
            .Append("+12025550199,+12025550198,60,0.0100,USD\r\n");
        Directory.CreateDirectory(Path.GetDirectoryName(RecordsFile)!);
        await File.WriteAllTextAsync(RecordsFile, file.ToString(), stop);
    }

    private async Task<List<JsonElement>> DestinationsAsync(CancellationToken stop) =>
        [.. (await owner.GetAsync("/api/v1/statements", stop)).OrThrow().Body!.Value.GetProperty("destinations")
            .EnumerateArray()];

    private Task<LedgerReply> DeliverAsync(object[] destinations, CancellationToken stop) => owner.PutAsync(
        "/api/v1/statements/rules",
        new { secondPerson = false, destinations, reason = "Books of the demonstration" }, stop);

    private static void Add(StringBuilder file, JsonElement call, int place)
    {
        if (place == 0)
        {
            return;
        }
        var cost = call.GetProperty("carrierCost");
        var amount = cost.GetProperty("amount").GetDecimal() + (place == 1 ? Overcharge : 0);
        string?[] cells =
        [
            Cell(call, "callId"), Cell(call, "usageAt"), Cell(call, "number"), Cell(call, "party"),
            Cell(call, "carrierBilledSeconds"), amount.ToString(CultureInfo.InvariantCulture), Cell(cost, "currency"),
        ];
        file.AppendJoin(',', cells).Append("\r\n");
    }

    private static string Cell(JsonElement call, string name) =>
        call.TryGetProperty(name, out var value) ? value.ToString() : "";

    private string StartOf(LocalDate day) => InstantPattern.ExtendedIso.Format(
        DateTimeZoneProviders.Tzdb[company.Zone].AtStartOfDay(day).ToInstant());

    private static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
