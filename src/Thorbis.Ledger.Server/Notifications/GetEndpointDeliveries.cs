using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>What was sent to an endpoint, what became of it, and sending one again.</summary>
public static class GetEndpointDeliveries
{
    public static void Map(RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/webhook-endpoints/{endpointId:guid}/deliveries").WithTags("Notifications");
        deliveries.MapGet("", GetAsync).Allow(Permissions.ReadEndpoints)
            .WithName("GetDeliveries").WithSummary("What was sent to an endpoint, newest first, with every attempt.")
            .Produces<Page<DeliveryView>>().ProducesProblem(404).ProducesProblem(422);
        deliveries.MapPost("/{deliveryId:guid}/redeliver", RedeliverAsync).Allow(Permissions.ManageEndpoints)
            .WithName("RedeliverWebhook").WithSummary("Send it again at once, under the same webhook-id.")
            .Produces(202).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> GetAsync(
        Guid endpointId, [AsParameters] PageAsk page, ClaimsPrincipal user, LedgerDatabase database,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var selection = new Selection(company, "d.tenant_id").Where("d.endpoint_id = ?", endpointId);
        page.After(selection, "d.delivery_id");
        return selection.Problem ?? await database.ReadAsync(company, async connection =>
        {
            var endpoints = await WebhookEndpoints.ListAsync(connection, company, stop);
            if (!endpoints.Exists(endpoint => endpoint.EndpointId == endpointId))
            {
                return Problems.NotFound("endpoint");
            }
            return Results.Ok(await page.ReadAsync(
                connection, selection, $"{DeliveryLog.Sql} where {selection.Sql} order by d.delivery_id desc",
                DeliveryLog.Read,
                row => [row.DeliveryId.ToString()], stop));
        }, stop);
    }

    private static async Task<IResult> RedeliverAsync(
        Guid endpointId, Guid deliveryId, ClaimsPrincipal user, LedgerDatabase database, DeliverySender sender,
        AccessLog log, IClock clock, CancellationToken stop)
    {
        var (actor, company) = (Actor.Of(user), Actor.Of(user).Company);
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        var known = await WebhookEndpoints.ListAsync(connection, company, stop);
        if (known.Find(endpoint => endpoint.EndpointId == endpointId) is not { } endpoint)
        {
            return Problems.NotFound("endpoint");
        }
        if (endpoint.DisabledAt is not null)
        {
            return Problems.Of(409, "endpoint-disabled", "The endpoint is disabled.", "Enable it first.");
        }
        await using var again = connection.Command("""
            update platform.delivery set state = 'pending', next_at = $4, tries = 0
            where delivery_id = $1 and endpoint_id = $2 and tenant_id = $3
            """, deliveryId, endpointId, company, clock.GetCurrentInstant());
        if (await again.ExecuteNonQueryAsync(stop) == 0)
        {
            return Problems.NotFound("delivery");
        }
        await log.RecordAsync(company, actor.Id, "delivery.redelivered", deliveryId.ToString(), stop);
        sender.Wake();
        return Results.Accepted();
    }
}
