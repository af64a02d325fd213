using System.Text.Json;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>The hours of the demonstration's companies.</summary>
internal static class DemoSchedules
{
    /// <summary>One for the front desk, from the ledger's presets: with the federal holidays in the United States, with
    /// none elsewhere. Adds nothing where there is one.</summary>
    public static async Task EnsureAsync(LedgerSession owner, SimulatedCompany company, CancellationToken stop)
    {
        if ((await owner.GetAsync("/api/v1/schedules", stop)).OrThrow().Items is [_, ..])
        {
            return;
        }
        var presets = (await owner.GetAsync("/api/v1/schedule-presets", stop)).OrThrow().Body!.Value;
        JsonElement[] none = [];
        (await owner.PostAsync("/api/v1/schedules", new
        {
            name = "Front desk",
            zone = company.Zone,
            week = Of(presets, "weeks", "weekdays").GetProperty("week"),
            afterHours = new { kind = "voicemail", mailbox = "front-desk" },
            holidays = company.Zone.StartsWith("America/", StringComparison.Ordinal)
                ? [.. Of(presets, "holidays", "us-federal").GetProperty("holidays").EnumerateArray()]
                : none,
            reason = "Opening hours of the demonstration",
        }, stop)).OrThrow();
    }

    private static JsonElement Of(JsonElement presets, string kind, string id) => presets.GetProperty(kind)
        .EnumerateArray().First(preset => LedgerReply.Text(preset, "id") == id);
}
