using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Everything that was sent for a company, what became of it, and sending an e-mail or a file again.</summary>
public static class GetDeliveries
{
    public sealed record DeliveriesAsk
    {
        [Description("Only those pending, delivered or failed.")]
        public string? State { get; init; }

        [Description("Only those of a statement, such as 2026-10.")]
        public string? Statement { get; init; }
    }

    public static void Map(RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Notifications");
        deliveries.MapGet("", GetAsync).Allow(Permissions.ReadDeliveries)
            .WithName("ListDeliveries")
            .WithSummary("What was sent by e-mail, webhook and as files, newest first, with every attempt.")
            .Produces<Page<DeliveryView>>().ProducesProblem(422);
        deliveries.MapPost("/{deliveryId:guid}/redeliver", RedeliverAsync).Allow(Permissions.Redeliver)
            .WithName("Redeliver").WithSummary("Send an e-mail or a statement's file again at once.")
            .Produces(202).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> GetAsync(
        [AsParameters] DeliveriesAsk ask, [AsParameters] PageAsk page, ClaimsPrincipal user, LedgerDatabase database,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var selection = new Selection(company, "d.tenant_id");
        selection.WhereWord("d.state", "state", ask.State, DeliveryState.All);
        if (ask.Statement is { Length: > 0 } text)
        {
            _ = StatementDecider.ParseMonth(text) is { } month
                ? selection.Where("d.month = ?", month)
                : selection.Refuse("statement", "Expected a month, such as 2026-10.");
        }
        page.After(selection, "d.delivery_id");
        return selection.Problem ?? await database.ReadAsync(company, async connection => Results.Ok(
            await page.ReadAsync(
                connection, selection, $"{DeliveryLog.Sql} where {selection.Sql} order by d.delivery_id desc",
                DeliveryLog.Read, row => [row.DeliveryId.ToString()], stop)), stop);
    }

    private static async Task<IResult> RedeliverAsync(
        Guid deliveryId, ClaimsPrincipal user, LedgerDatabase database, DeliverySender sender, AccessLog log,
        IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(user);
        await using var again = database.Owner.Command("""
            with found as (
              select delivery_id, endpoint_id is not null as webhook from platform.delivery
              where delivery_id = $1 and tenant_id = $2),
            asked as (
              update platform.delivery set state = 'pending', next_at = $3, tries = 0
              where delivery_id in (select delivery_id from found where not webhook))
            select webhook from found
            """, deliveryId, actor.Company, clock.GetCurrentInstant());
        switch (await again.ExecuteScalarAsync(stop))
        {
            case null:
                return Problems.NotFound("delivery");
            case true:
                return Problems.Of(409, "webhook-delivery", "This is a webhook's delivery.",
                    "Send it again at its endpoint: /webhook-endpoints/{id}/deliveries/{id}/redeliver.");
        }
        await log.RecordAsync(actor.Company, actor.Id, "delivery.redelivered", deliveryId.ToString(), stop);
        sender.Wake();
        return Results.Accepted();
    }
}
