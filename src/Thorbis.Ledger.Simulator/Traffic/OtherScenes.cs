using System.Text.Json;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>What comes now and then: orders, event types nobody knows, numbers nobody holds.</summary>
internal static class OtherScenes
{
    private static readonly string[] PortingSteps = ["in-process", "submitted", "foc-date-confirmed", "ported"];

    /// <summary>An order of one of the company's numbers is through.</summary>
    public static void NumberOrder(Scene scene)
    {
        var (number, numberId) = (scene.OwnNumber(), scene.Random.Uuid());
        scene.Subject = scene.Random.Uuid();
        scene.Tell("number_order.complete", json =>
        {
            json.WriteString("created_at", WebhookJson.Messaging(scene.Now));
            json.WriteString("customer_reference", scene.Company.CompanyId);
            json.WriteString("id", scene.Subject);
            json.WriteStartArray("phone_numbers");
            json.WriteStartObject();
            json.WriteString("country_code", number.StartsWith("+49", StringComparison.Ordinal) ? "DE" : "US");
            json.WriteString("id", numberId);
            json.WriteString("phone_number", number);
            json.WriteString("phone_number_type", "local");
            json.WriteBoolean("requirements_met", true);
            json.WriteString("status", "success");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteNumber("phone_numbers_count", 1);
            json.WriteString("record_type", "number_order");
            json.WriteBoolean("requirements_met", true);
            json.WriteString("status", "success");
            json.WriteString("updated_at", WebhookJson.Messaging(scene.Now));
        });
    }

    /// <summary>A porting order on its way, with a comment; it names no number, as Telnyx has it.</summary>
    public static void Porting(Scene scene)
    {
        scene.Subject = scene.Random.Uuid();
        var supportKey = "sr_" + scene.Random.Uuid()[..6];
        foreach (var step in PortingSteps)
        {
            scene.Tell("porting_order.status_changed", json => WriteStatus(json, scene, step, supportKey));
            scene.Wait(30, 300);
        }
        var commentId = scene.Random.Uuid();
        scene.Tell("porting_order.new_comment", json =>
        {
            json.WriteStartObject("comment");
            json.WriteString("body", "The port is complete, thank you.");
            json.WriteString("id", commentId);
            json.WriteString("inserted_at", WebhookJson.Voice(scene.Now));
            json.WriteString("user_type", "admin");
            json.WriteEndObject();
            json.WriteString("porting_order_id", scene.Subject);
            json.WriteString("support_key", supportKey);
        });
    }

    /// <summary>An event type that no catalogue lists, about one of the company's numbers.</summary>
    public static void UnknownType(Scene scene)
    {
        var (number, outsider) = (scene.OwnNumber(), scene.Outsider());
        scene.Subject = scene.Random.Uuid();
        scene.Tell("call.mood.estimated", json =>
        {
            json.WriteString("call_session_id", scene.Subject);
            json.WriteString("from", outsider);
            json.WriteString("to", number);
            json.WriteString("mood", "patient");
        });
    }

    /// <summary>A caller reaches a number that nobody registered.</summary>
    public static void UnknownNumber(Scene scene)
    {
        scene.Owned = false;
        var leg = CallLeg.Incoming(scene, scene.Outsider(), scene.Random.Pick(FictitiousNumbers.Unregistered));
        leg.Initiated();
        scene.Wait(5, 30);
        leg.HungUp("originator_cancel", "caller", "487");
        leg.CostLater();
    }

    private static void WriteStatus(Utf8JsonWriter json, Scene scene, string value, string supportKey)
    {
        json.WriteString("customer_reference", scene.Company.CompanyId);
        json.WriteString("id", scene.Subject);
        json.WriteStartObject("status");
        json.WriteStartArray("details");
        json.WriteEndArray();
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteString("support_key", supportKey);
        json.WriteString("updated_at", WebhookJson.Voice(scene.Now));
        json.WriteString("webhook_url", "https://ledger.example/webhooks/telnyx");
    }
}
