using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Notifications;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>A company says where the ledger's webhooks go.</summary>
public static class AddWebhookEndpoint
{
    /// <param name="Url">https, on the public internet; in development also http and the machine itself.</param>
    public sealed record AddEndpointRequest(string Url);

    /// <param name="Secret">Shown this once: <c>whsec_</c> and base64. Receivers check <c>webhook-signature</c> with
    /// it.</param>
    public sealed record EndpointAddedView(Guid EndpointId, string Url, string Secret);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/webhook-endpoints", PostAsync).Allow(Permissions.ManageEndpoints)
            .WithName("AddWebhookEndpoint")
            .WithSummary("Add an address that signed webhooks are sent to; its secret is shown once.")
            .WithTags("Notifications")
            .Produces<EndpointAddedView>(201).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        AddEndpointRequest request, HttpContext context, FactTransactions transactions, IHostEnvironment environment,
        WebhookSecrets secrets, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var present = await WebhookEndpoints.ListAsync(change.Connection, actor.Company, stop);
        var decision = NotificationEndpointDecider.Add(
            Guid.CreateVersion7(), request.Url, present.Count, environment.IsDevelopment(), actor.Id,
            clock.GetCurrentInstant());
        if (decision is Refused<NotificationEndpointFact> refused)
        {
            return refused.Why.ToProblem();
        }
        var added = (NotificationEndpointAdded)((Accepted<NotificationEndpointFact>)decision).Facts[0];
        var (secret, kept) = secrets.Create();
        await change.ExecuteAsync("""
            insert into platform.webhook_endpoint (endpoint_id, tenant_id, url, added_at, added_by)
            values ($1, $2, $3, $4, $5)
            """, stop, added.EndpointId, actor.Company, request.Url, added.OccurredAt, added.By);
        await change.ExecuteAsync(
            "insert into platform.webhook_secret (endpoint_id, sealed) values ($1, $2)", stop, added.EndpointId, kept);
        await change.AppendAsync(actor.Company, WebhookEndpoints.StreamOf(added.EndpointId), [added], stop);
        await change.CommitAsync(stop);
        return Results.Created((string?)null, new EndpointAddedView(added.EndpointId, request.Url, secret));
    }
}
