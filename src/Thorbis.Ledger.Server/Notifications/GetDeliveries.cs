using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>What was sent to an endpoint, what became of it, and sending one again.</summary>
public static class GetDeliveries
{
    /// <param name="At">When the attempt ended.</param>
    /// <param name="Status">Of the answer, where there was one.</param>
    /// <param name="Error">Null when it went well.</param>
    public sealed record AttemptView(int Attempt, Instant At, long Milliseconds, int? Status, string? Error);

    /// <param name="NoticeId">The fact's id, sent as <c>webhook-id</c>: the same at every attempt.</param>
    /// <param name="Type">The fact's stored name.</param>
    /// <param name="State"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
    /// <param name="NextAt">Of the next attempt; null when none comes.</param>
    /// <param name="Error">Of the last attempt.</param>
    /// <param name="Body">As it was sent.</param>
    public sealed record DeliveryView(
        Guid DeliveryId, Guid NoticeId, string Type, string State, Instant CreatedAt, Instant? DeliveredAt,
        Instant? NextAt, string? Error, string Body, IReadOnlyList<AttemptView> Attempts);

    /// <summary>In one statement: a delivery and its attempts agree.</summary>
    private const string Sql = """
        select d.delivery_id, d.notice_id, d.type, d.state, d.created_at, d.delivered_at, d.next_at, d.error, d.body,
          a.at, a.milliseconds, a.status, a.error
        from platform.delivery d
        cross join lateral (
          select coalesce(array_agg(t.at order by t.attempt), '{}') as at,
            coalesce(array_agg(t.milliseconds order by t.attempt), '{}') as milliseconds,
            coalesce(array_agg(t.status order by t.attempt), '{}') as status,
            coalesce(array_agg(t.error order by t.attempt), '{}') as error
          from platform.delivery_attempt t where t.delivery_id = d.delivery_id) as a
        """;

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
                connection, selection, $"{Sql} where {selection.Sql} order by d.delivery_id desc", Read,
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

    private static DeliveryView Read(NpgsqlDataReader row)
    {
        var (at, took) = (row.GetFieldValue<Instant[]>(9), row.GetFieldValue<long[]>(10));
        var (status, error) = (row.GetFieldValue<int?[]>(11), row.GetFieldValue<string?[]>(12));
        return new(
            row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetFieldValue<Instant>(4),
            row.Value<Instant>(5), row.Value<Instant>(6), row.Text(7), row.GetString(8),
            [.. at.Select((ended, i) => new AttemptView(i + 1, ended, took[i], status[i], error[i]))]);
    }
}
