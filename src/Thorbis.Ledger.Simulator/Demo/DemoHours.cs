using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Simulator.Api;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>The front desk's hours.</summary>
/// <param name="zone">Of the company.</param>
/// <param name="federal">The holidays of the United States.</param>
internal sealed class DemoHours(string zone, IReadOnlyList<JsonElement> federal)
{
    public const string Id = "0192d3a0-0000-7000-8000-000000000100";

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    /// <param name="presets">The ledger's.</param>
    public static DemoHours Of(string zone, JsonElement presets) => new(
        zone,
        [
            .. presets.GetProperty("holidays").EnumerateArray()
                .First(calendar => LedgerReply.Text(calendar, "id") == "us-federal")
                .GetProperty("holidays").EnumerateArray(),
        ]);

    /// <param name="friday">When it closes on Fridays.</param>
    /// <param name="stocktaking">A day on which it closes at noon.</param>
    public Dictionary<string, object> Terms(string friday = "17:00", LocalDate? stocktaking = null)
    {
        List<object> holidays = zone.StartsWith("America/", StringComparison.Ordinal)
            ? [.. federal.Select(holiday => (object)holiday)]
            :
            [
                Fixed("Tag der Deutschen Einheit", 10, 3), Fixed("Erster Weihnachtstag", 12, 25),
                Fixed("Zweiter Weihnachtstag", 12, 26), Fixed("Neujahr", 1, 1),
            ];
        if (stocktaking is { } day)
        {
            holidays.Add(new
            {
                name = "Stocktaking",
                rule = new { kind = "date", date = LocalDatePattern.Iso.Format(day) },
                hours = new { kind = "closed", from = "12:00" },
            });
        }
        return new()
        {
            ["name"] = "Front desk",
            ["zone"] = zone,
            ["week"] = Weekdays.Select(weekday => new
            {
                day = weekday,
                start = "09:00",
                end = weekday == "friday" ? friday : "17:00",
            }).ToArray(),
            ["afterHours"] = new { kind = "voicemail", mailbox = DemoRules.FrontDeskBox },
            ["holidays"] = holidays,
        };
    }

    private static object Fixed(string name, int month, int day) =>
        new { name, rule = new { kind = "fixed", month, day }, hours = new { kind = "closed" } };
}
