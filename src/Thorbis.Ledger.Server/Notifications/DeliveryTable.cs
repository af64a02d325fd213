using Microsoft.Extensions.Options;
using NodaTime;
using Thorbis.Ledger.Domain.Notifications;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Takes deliveries that are due, each on one node at a time, and writes down what came of them.</summary>
internal sealed class DeliveryTable(
    LedgerDatabase database, FactTransactions transactions, IOptions<NotificationOptions> options)
{
    /// <summary>After so long one that was taken is due again: whoever took it has died.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(3);

    private const string TakeSql = """
        with due as (
          select delivery_id from platform.delivery
          where state = 'pending' and (month is not null) = $4 and next_at <= $1
          order by next_at limit $2 for update skip locked)
        update platform.delivery d set next_at = $3 from due where d.delivery_id = due.delivery_id
        returning d.delivery_id, d.tenant_id, d.notice_id, d.type, d.endpoint_id, d.subject, d.body, d.tries,
          d.attempts,
          (select e.url from platform.webhook_endpoint e where e.endpoint_id = d.endpoint_id
            and e.removed_at is null and e.disabled_at is null),
          (select s.sealed from platform.webhook_secret s where s.endpoint_id = d.endpoint_id),
          (select r.address from platform.recipient r where r.recipient_id = d.recipient_id), d.destination, d.month
        """;

    /// <param name="files">Those that a statement's file goes along with; else all others.</param>
    /// <param name="count">At most.</param>
    public async Task<List<Delivery>> TakeAsync(bool files, int count, Instant now, CancellationToken stop)
    {
        await using var command = database.Owner.Command(TakeSql, now, count, now + Lease, files);
        return await command.ListAsync(row => new Delivery(
            row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetString(3), row.Value<Guid>(4), row.Text(5),
            row.GetString(6), row.GetInt32(7), row.GetInt32(8), row.Text(9),
            row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10), row.Text(11), row.Text(12),
            row.Value<LocalDate>(13)), stop);
    }

    /// <summary>It takes long, but whoever took it is alive: nobody else is to take it.</summary>
    public async Task KeepAsync(Delivery delivery, Instant now, CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "update platform.delivery set next_at = $2 where delivery_id = $1 and state = 'pending'",
            delivery.DeliveryId, now + Lease);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The attempt, what follows from it, and what it means for its endpoint, in one transaction.</summary>
    public async Task RecordAsync(
        Delivery delivery, Outcome outcome, TimeSpan took, Instant now, CancellationToken stop)
    {
        await using var change = await transactions.BeginAsync(stop);
        await change.ExecuteAsync("""
            insert into platform.delivery_attempt (tenant_id, delivery_id, attempt, at, milliseconds, status, error)
            values ($1, $2, $3, $4, $5, $6, $7)
            """, stop, delivery.Company, delivery.DeliveryId, delivery.Attempts + 1, now,
            (long)took.TotalMilliseconds, outcome.Status, outcome.Error);
        await ScheduleAsync(change, delivery, outcome, now, stop);
        if (delivery.EndpointId is { } endpoint)
        {
            await (outcome.Error is null
                ? change.ExecuteAsync(
                    "update platform.webhook_endpoint set failing_since = null where endpoint_id = $1", stop, endpoint)
                : FailAsync(change, delivery.Company, endpoint, outcome, now, stop));
        }
        await change.CommitAsync(stop);
    }

    private static Task<int> ScheduleAsync(
        FactTransaction change, Delivery delivery, Outcome outcome, Instant now, CancellationToken stop)
    {
        var next = outcome.Error is null || !delivery.HasTarget ? null : now + Backoff.After(delivery.Tries + 1);
        var state = outcome.Error is null ? DeliveryState.Delivered
            : next is null ? DeliveryState.Failed
            : DeliveryState.Pending;
        return change.ExecuteAsync("""
            update platform.delivery
            set state = $2, next_at = $3, tries = tries + 1, attempts = attempts + 1, error = $4,
              delivered_at = case when $2 = 'delivered' then $5::timestamptz end
            where delivery_id = $1
            """, stop, delivery.DeliveryId, state, next, outcome.Error, now);
    }

    private async Task FailAsync(
        FactTransaction change, string company, Guid endpoint, Outcome outcome, Instant now, CancellationToken stop)
    {
        await using var command = change.Connection.Command("""
            update platform.webhook_endpoint set failing_since = coalesce(failing_since, $2)
            where endpoint_id = $1 and disabled_at is null and removed_at is null returning failing_since
            """, endpoint, now);
        var enabled = await command.ListAsync(row => row.GetFieldValue<Instant>(0), stop);
        if (enabled is [var since] && NotificationEndpointDecider.Failed(
            endpoint, since, Duration.FromTimeSpan(options.Value.DisableAfter), outcome.Gone, outcome.Error!, now)
            is { } disabled)
        {
            await DisableAsync(change, company, disabled, stop);
        }
    }

    private static async Task DisableAsync(
        FactTransaction change, string company, NotificationEndpointDisabled disabled, CancellationToken stop)
    {
        await change.ExecuteAsync(
            "update platform.webhook_endpoint set disabled_at = $2, disabled_reason = $3 where endpoint_id = $1",
            stop, disabled.EndpointId, disabled.OccurredAt, disabled.Reason);
        await WebhookEndpoints.EndPendingAsync(change, disabled.EndpointId, "The endpoint was disabled.", stop);
        await change.AppendAsync(company, WebhookEndpoints.StreamOf(disabled.EndpointId), [disabled], stop);
    }
}
