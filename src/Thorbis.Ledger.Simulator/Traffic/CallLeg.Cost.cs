using System.Globalization;
using System.Text.Json;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <content>What the carrier charges for the leg.</content>
internal sealed partial class CallLeg
{
    private const double ExponentShare = 0.05;
    private const double ErrorShare = 0.01;

    private long BilledSeconds =>
        answeredAt is { } since && endedAt is { } until
            ? (long)Math.Ceiling(Math.Ceiling((until - since).TotalSeconds) / 60) * 60
            : 0;

    /// <summary>Tells the cost some seconds after the last event.</summary>
    public void CostLater()
    {
        scene.Wait(0.8, 6);
        Cost();
    }

    /// <summary>Tells the cost; now and then a failed calculation first, and the right one a little later.</summary>
    public void Cost()
    {
        if (scene.Random.Chance(ErrorShare))
        {
            TellCost("error", []);
            scene.Wait(20, 60);
        }
        var parts = new List<CostPart> { Part("sip-trunking", incoming ? 0.0035m : 0.0050m) };
        if (answeredAt is not null)
        {
            parts.Add(Part("call-control", 0.0020m));
        }
        if (recordedFrom is not null)
        {
            parts.Add(Part("call-recording", 0.0019m));
        }
        TellCost("success", parts);
    }

    private CostPart Part(string name, decimal perMinute) =>
        new(name, perMinute, perMinute * BilledSeconds / 60, BilledSeconds);

    private void TellCost(string status, IReadOnlyList<CostPart> parts)
    {
        var exponent = scene.Random.Chance(ExponentShare);
        scene.Tell("call.cost", json =>
        {
            WithCall(json);
            json.WriteNumber("billed_duration_secs", BilledSeconds);
            json.WriteNull("billing_group_id");
            json.WriteString("occurred_at", WebhookJson.Voice(scene.Now));
            json.WriteString("status", status);
            WriteTotal(json, status == "success" ? parts.Sum(p => p.Cost) : null, exponent);
            json.WriteStartArray("cost_parts");
            foreach (var part in parts)
            {
                part.Write(json, exponent);
            }
            json.WriteEndArray();
        });
    }

    private static void WriteTotal(Utf8JsonWriter json, decimal? total, bool exponent)
    {
        if (total is { } known)
        {
            json.WriteString("total_cost", CostPart.Amount(known, exponent));
        }
        else
        {
            json.WriteNull("total_cost");
        }
    }

    /// <param name="PerMinute">USD.</param>
    /// <param name="Cost">USD.</param>
    private sealed record CostPart(string Name, decimal PerMinute, decimal Cost, long BilledSeconds)
    {
        /// <summary>Four decimals as a rule; <c>1.8E-3</c> as the carrier writes small amounts at times.</summary>
        public static string Amount(decimal amount, bool exponent) =>
            amount.ToString(exponent ? "0.0###E0" : "F4", CultureInfo.InvariantCulture);

        public void Write(Utf8JsonWriter json, bool exponent)
        {
            json.WriteStartObject();
            json.WriteNumber("billed_duration_secs", BilledSeconds);
            json.WriteString("call_part", Name);
            json.WriteString("cost", Amount(Cost, exponent));
            json.WriteString("currency", "USD");
            json.WriteString("rate", PerMinute.ToString("F5", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
    }
}
