using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>An address that the company's webhooks go to.</summary>
/// <param name="FailingSince">The first attempt of which no later one went well; null while all is well.</param>
/// <param name="DisabledAt">Nothing is sent since then; null while it is.</param>
/// <param name="DisabledReason">Why the last attempt failed.</param>
public sealed record WebhookEndpointView(
    Guid EndpointId, string Url, Instant AddedAt, string AddedBy, Instant? FailingSince, Instant? DisabledAt,
    string? DisabledReason);

/// <summary>The rows of endpoints.</summary>
internal static class WebhookEndpoints
{
    private const string Sql = """
        select endpoint_id, url, added_at, added_by, failing_since, disabled_at, disabled_reason
        from platform.webhook_endpoint where tenant_id = $1 and removed_at is null order by endpoint_id
        """;

    public static string StreamOf(Guid endpointId) => $"endpoint/{endpointId}";

    public static async Task<List<WebhookEndpointView>> ListAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        await using var command = connection.Command(Sql, company);
        return await command.ListAsync(row => new WebhookEndpointView(
            row.GetGuid(0), row.GetString(1), row.GetFieldValue<Instant>(2), row.GetString(3),
            row.Value<Instant>(4), row.Value<Instant>(5), row.Text(6)), stop);
    }

    /// <summary>What was still to be sent there stays in the log as failed.</summary>
    public static Task<int> EndPendingAsync(
        FactTransaction change, Guid endpointId, string why, CancellationToken stop) => change.ExecuteAsync("""
        update platform.delivery set state = 'failed', next_at = null, error = coalesce(error, $2)
        where endpoint_id = $1 and state = 'pending'
        """, stop, endpointId, why);
}
