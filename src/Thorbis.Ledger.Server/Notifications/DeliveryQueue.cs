using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Puts notices on their way, in the transaction of the fact that they tell of.</summary>
internal static class DeliveryQueue
{
    private const string EndpointsSql = """
        select endpoint_id, disabled_at is not null from platform.webhook_endpoint
        where tenant_id = $1 and removed_at is null
        """;

    /// <summary>One delivery per endpoint of the company, and one per recipient. A disabled endpoint's is in the log,
    /// to be sent once somebody asks for it.</summary>
    public static async Task AddAsync(
        FactTransaction change, string company, IReadOnlyList<Notice> notices, Instant now, CancellationToken stop)
    {
        await using var command = change.Connection.Command(EndpointsSql, company);
        var endpoints = await command.ListAsync(row => (Id: row.GetGuid(0), Disabled: row.GetBoolean(1)), stop);
        foreach (var notice in notices)
        {
            foreach (var (endpoint, disabled) in endpoints)
            {
                await AddAsync(change, company, notice, (endpoint, null), null, notice.Body, !disabled, now, stop);
            }
            foreach (var recipient in notice.Recipients)
            {
                await AddAsync(
                    change, company, notice, (null, recipient), notice.Subject, notice.Text, send: true, now, stop);
            }
        }
    }

    private static Task<int> AddAsync(
        FactTransaction change, string company, Notice notice, (Guid? Endpoint, Guid? Recipient) target,
        string? subject, string body, bool send, Instant now, CancellationToken stop) => change.ExecuteAsync("""
        insert into platform.delivery (delivery_id, tenant_id, notice_id, type, endpoint_id, recipient_id, subject,
          body, state, created_at, next_at, error)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (notice_id, endpoint_id, recipient_id) do nothing
        """, stop, Guid.CreateVersion7(), company, notice.NoticeId, notice.Type, target.Endpoint, target.Recipient,
        subject, body, send ? DeliveryState.Pending : DeliveryState.Failed, now, send ? now : null,
        send ? null : "The endpoint is disabled.");
}

/// <summary>Where a delivery is.</summary>
internal static class DeliveryState
{
    /// <summary>Not handed over yet; an attempt will come.</summary>
    public const string Pending = "pending";
    public const string Delivered = "delivered";

    /// <summary>No attempt will come unless somebody asks for one.</summary>
    public const string Failed = "failed";
}
