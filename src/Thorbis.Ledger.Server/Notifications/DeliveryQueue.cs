using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Something to be sent to one target: an endpoint, a recipient, or another destination.</summary>
/// <param name="NoticeId">The id of the fact it tells of.</param>
/// <param name="Type">The fact's stored name.</param>
internal sealed record QueuedDelivery(string Company, Guid NoticeId, string Type)
{
    public Guid? Endpoint { get; init; }

    public Guid? Recipient { get; init; }

    /// <summary>A folder or bucket, as <see cref="Statements.StatementSender"/> writes it.</summary>
    public string? Destination { get; init; }

    /// <summary>Of the statement whose file goes along; null for none.</summary>
    public LocalDate? Month { get; init; }

    /// <summary>Of an e-mail.</summary>
    public string? Subject { get; init; }

    /// <summary>What is sent; of a file, its name at the destination.</summary>
    public string Body { get; init; } = "";

    /// <summary>Why no attempt is made unless somebody asks for one; null: one is made at once.</summary>
    public string? Withheld { get; init; }
}

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
            var row = new QueuedDelivery(company, notice.NoticeId, notice.Type);
            foreach (var (endpoint, disabled) in endpoints)
            {
                var withheld = disabled ? "The endpoint is disabled." : null;
                await AddAsync(
                    change, row with { Endpoint = endpoint, Body = notice.Body, Withheld = withheld }, now, stop);
            }
            foreach (var recipient in notice.Recipients)
            {
                await AddAsync(
                    change, row with { Recipient = recipient, Subject = notice.Subject, Body = notice.Text }, now,
                    stop);
            }
        }
    }

    /// <summary>Once per notice and target: a repetition changes nothing.</summary>
    public static Task<int> AddAsync(
        FactTransaction change, QueuedDelivery row, Instant now, CancellationToken stop) => change.ExecuteAsync("""
        insert into platform.delivery (delivery_id, tenant_id, notice_id, type, endpoint_id, recipient_id, destination,
          month, subject, body, state, created_at, next_at, error)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (notice_id, endpoint_id, recipient_id, destination) do nothing
        """, stop, Guid.CreateVersion7(), row.Company, row.NoticeId, row.Type, row.Endpoint, row.Recipient,
        row.Destination, row.Month, row.Subject, row.Body,
        row.Withheld is null ? DeliveryState.Pending : DeliveryState.Failed, now, row.Withheld is null ? now : null,
        row.Withheld);
}

/// <summary>Where a delivery is.</summary>
internal static class DeliveryState
{
    /// <summary>Not handed over yet; an attempt will come.</summary>
    public const string Pending = "pending";
    public const string Delivered = "delivered";

    /// <summary>No attempt will come unless somebody asks for one.</summary>
    public const string Failed = "failed";

    public static readonly string[] All = [Pending, Delivered, Failed];
}
