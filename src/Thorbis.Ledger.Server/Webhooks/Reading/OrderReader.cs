using System.Text.Json;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Porting;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Reads number_order.complete and porting_order.* as facts; their workflows stand elsewhere.</summary>
internal static class OrderReader
{
    public static WebhookReading ReadNumberOrder(Webhook webhook)
    {
        var p = webhook.Payload;
        var facts = p.Items("phone_numbers").Where(n => n.Text("phone_number") is not null)
            .Select(n => Ordered(webhook, n)).DistinctBy(f => f.Number).ToList();
        return webhook.Type == "number_order.complete" && facts.Count > 0
            ? new NumberOrderReading(facts)
            : WebhookReader.Kept(webhook);
    }

    private static NumberOrdered Ordered(Webhook webhook, JsonElement number) => new(
        number.Required("phone_number"), webhook.OccurredAt, webhook.Payload.Required("id"),
        webhook.Payload.Text("status") ?? "", number.Text("status"), number.Text("phone_number_type"),
        number.Text("country_iso_alpha2") ?? number.Text("country_code"), webhook.Payload.Text("customer_reference"));

    public static WebhookReading ReadPorting(Webhook webhook)
    {
        var (p, at) = (webhook.Payload, webhook.OccurredAt);
        return new PortingReading(webhook.Type switch
        {
            "porting_order.status_changed" => StatusChanged(webhook),
            "porting_order.new_comment" => Commented(webhook),
            "porting_order.split" => new PortingSplit(
                p.Member("from")?.Text("id") ?? throw new UnintelligibleException("no from.id"), at,
                p.Member("to")?.Text("id") ?? throw new UnintelligibleException("no to.id"),
                [.. p.Items("porting_phone_numbers").Select(n => n.Text("id")).OfType<string>()]),
            "porting_order.messaging_changed" => MessagingChanged(webhook),
            "porting_order.deleted" => new PortingDeleted(p.Required("id"), at),
            _ => new PortingReported(p.Text("id") ?? p.Required("porting_order_id"), at, webhook.Type),
        });
    }

    private static PortingStatusChanged StatusChanged(Webhook webhook)
    {
        var p = webhook.Payload;
        var status = p.Member("status") ?? throw new UnintelligibleException("no status");
        return new(
            p.Required("id"), webhook.OccurredAt, status.Text("value") ?? status.AsText() ?? "",
            [.. status.Items("details")
                .Select(d => new PortingStatusDetail(d.Text("code") ?? "", d.Text("description")))],
            p.Text("customer_reference"), p.Text("support_key"));
    }

    private static PortingCommented Commented(Webhook webhook)
    {
        var comment = webhook.Payload.Member("comment") ?? default;
        return new(
            webhook.Payload.Text("porting_order_id") ?? webhook.Payload.Required("id"), webhook.OccurredAt,
            comment.Text("id"), comment.Text("body") ?? "", comment.Text("user_type"));
    }

    private static PortingMessagingChanged MessagingChanged(Webhook webhook)
    {
        var messaging = webhook.Payload.Member("messaging") ?? default;
        return new(
            webhook.Payload.Required("id"), webhook.OccurredAt, messaging.Text("messaging_port_status"),
            messaging.MaybeFlag("enable_messaging"), messaging.MaybeFlag("messaging_capable"));
    }
}
