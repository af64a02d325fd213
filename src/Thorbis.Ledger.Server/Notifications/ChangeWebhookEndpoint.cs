using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Notifications;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Lists a company's endpoints, enables one that long failure has disabled, removes one.</summary>
public static class ChangeWebhookEndpoint
{
    /// <param name="Items">In the order they were added.</param>
    public sealed record EndpointListView(IReadOnlyList<WebhookEndpointView> Items);

    public static void Map(RouteGroupBuilder api)
    {
        var endpoints = api.MapGroup("/webhook-endpoints").WithTags("Notifications");
        endpoints.MapGet("", GetAsync).Allow(Permissions.ReadEndpoints)
            .WithName("GetWebhookEndpoints").WithSummary("The addresses that signed webhooks are sent to.")
            .Produces<EndpointListView>();
        endpoints.MapPost("/{endpointId:guid}/enable", EnableAsync).Allow(Permissions.ManageEndpoints)
            .WithName("EnableWebhookEndpoint")
            .WithSummary("Send to an endpoint again that long failure has disabled; repeating it is harmless.")
            .Produces(204).ProducesProblem(404);
        endpoints.MapDelete("/{endpointId:guid}", DeleteAsync).Allow(Permissions.ManageEndpoints)
            .WithName("RemoveWebhookEndpoint")
            .WithSummary("Send nothing to an endpoint any more, and forget its secret.")
            .Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return Results.Ok(new EndpointListView(await database.ReadAsync(
            company, connection => WebhookEndpoints.ListAsync(connection, company, stop), stop)));
    }

    private static async Task<IResult> EnableAsync(
        Guid endpointId, ClaimsPrincipal user, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(user);
        await using var change = await transactions.BeginAsync(stop);
        if (await FindAsync(change, actor.Company, endpointId, stop) is not { } endpoint)
        {
            return Problems.NotFound("endpoint");
        }
        if (endpoint.DisabledAt is null)
        {
            return Results.NoContent();
        }
        await change.ExecuteAsync("""
            update platform.webhook_endpoint set disabled_at = null, disabled_reason = null, failing_since = null
            where endpoint_id = $1
            """, stop, endpointId);
        var enabled = new NotificationEndpointEnabled(endpointId, clock.GetCurrentInstant(), actor.Id);
        await change.AppendAsync(actor.Company, WebhookEndpoints.StreamOf(endpointId), [enabled], stop);
        await change.CommitAsync(stop);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(
        Guid endpointId, ClaimsPrincipal user, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(user);
        var removed = new NotificationEndpointRemoved(endpointId, clock.GetCurrentInstant(), actor.Id);
        await using var change = await transactions.BeginAsync(stop);
        if (await FindAsync(change, actor.Company, endpointId, stop) is null)
        {
            return Problems.NotFound("endpoint");
        }
        await change.ExecuteAsync(
            "update platform.webhook_endpoint set removed_at = $2 where endpoint_id = $1", stop, endpointId,
            removed.OccurredAt);
        await change.ExecuteAsync("delete from platform.webhook_secret where endpoint_id = $1", stop, endpointId);
        await WebhookEndpoints.EndPendingAsync(change, endpointId, "The endpoint was removed.", stop);
        await change.AppendAsync(actor.Company, WebhookEndpoints.StreamOf(endpointId), [removed], stop);
        await change.CommitAsync(stop);
        return Results.NoContent();
    }

    /// <summary>Locks it: attempts that end meanwhile are recorded after the change.</summary>
    private static async Task<WebhookEndpointView?> FindAsync(
        FactTransaction change, string company, Guid endpointId, CancellationToken stop)
    {
        await change.ExecuteAsync(
            "select 1 from platform.webhook_endpoint where endpoint_id = $1 and tenant_id = $2 for no key update",
            stop, endpointId, company);
        var endpoints = await WebhookEndpoints.ListAsync(change.Connection, company, stop);
        return endpoints.Find(endpoint => endpoint.EndpointId == endpointId);
    }
}
