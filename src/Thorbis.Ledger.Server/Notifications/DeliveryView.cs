using System.Text.Json.Serialization;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Statements;

namespace Thorbis.Ledger.Server.Notifications;

/// <param name="At">When the attempt ended.</param>
/// <param name="Status">Of the answer, where there was one.</param>
/// <param name="Error">Null when it went well.</param>
public sealed record AttemptView(int Attempt, Instant At, long Milliseconds, int? Status, string? Error);

/// <summary>Whom or where a delivery is for.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WebhookTargetView), "webhook")]
[JsonDerivedType(typeof(MailTargetView), "mail")]
[JsonDerivedType(typeof(FolderTargetView), "folder")]
[JsonDerivedType(typeof(S3TargetView), "s3")]
public abstract record DeliveryTargetView;

public sealed record WebhookTargetView(Guid EndpointId) : DeliveryTargetView;

/// <param name="Address">Null once it is erased.</param>
public sealed record MailTargetView(string? Address) : DeliveryTargetView;

/// <param name="File">Below the operator's folder.</param>
public sealed record FolderTargetView(string File) : DeliveryTargetView;

public sealed record S3TargetView(string Bucket, string Key) : DeliveryTargetView;

/// <param name="NoticeId">The fact's id, to endpoints sent as <c>webhook-id</c>: the same at every attempt.</param>
/// <param name="Type">The fact's stored name.</param>
/// <param name="Statement">The month of the statement whose file goes along, such as 2026-10; null for none.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="NextAt">Of the next attempt; null when none comes.</param>
/// <param name="Error">Of the last attempt.</param>
/// <param name="Body">As it was sent; of a file alone, its name.</param>
public sealed record DeliveryView(
    Guid DeliveryId, Guid NoticeId, string Type, DeliveryTargetView Target, string? Statement, string State,
    Instant CreatedAt, Instant? DeliveredAt, Instant? NextAt, string? Error, string Body,
    IReadOnlyList<AttemptView> Attempts);

/// <summary>Deliveries and their attempts, as the log shows them.</summary>
internal static class DeliveryLog
{
    /// <summary>In one statement: a delivery and its attempts agree.</summary>
    public const string Sql = """
        select d.delivery_id, d.notice_id, d.type, d.state, d.created_at, d.delivered_at, d.next_at, d.error, d.body,
          a.at, a.milliseconds, a.status, a.error, d.month, d.endpoint_id, d.destination,
          (select r.address from platform.recipient r where r.recipient_id = d.recipient_id)
        from platform.delivery d
        cross join lateral (
          select coalesce(array_agg(t.at order by t.attempt), '{}') as at,
            coalesce(array_agg(t.milliseconds order by t.attempt), '{}') as milliseconds,
            coalesce(array_agg(t.status order by t.attempt), '{}') as status,
            coalesce(array_agg(t.error order by t.attempt), '{}') as error
          from platform.delivery_attempt t where t.delivery_id = d.delivery_id) as a
        """;

    public static DeliveryView Read(NpgsqlDataReader row)
    {
        var (at, took) = (row.GetFieldValue<Instant[]>(9), row.GetFieldValue<long[]>(10));
        var (status, error) = (row.GetFieldValue<int?[]>(11), row.GetFieldValue<string?[]>(12));
        return new(
            row.GetGuid(0), row.GetGuid(1), row.GetString(2), Target(row),
            row.Value<LocalDate>(13) is { } month ? StatementDecider.MonthName(month) : null, row.GetString(3),
            row.GetFieldValue<Instant>(4), row.Value<Instant>(5), row.Value<Instant>(6), row.Text(7), row.GetString(8),
            [.. at.Select((ended, i) => new AttemptView(i + 1, ended, took[i], status[i], error[i]))]);
    }

    private static DeliveryTargetView Target(NpgsqlDataReader row) =>
        row.Value<Guid>(14) is { } endpoint ? new WebhookTargetView(endpoint)
        : row.Text(15) is not { } destination ? new MailTargetView(row.Text(16))
        : StatementSender.Read(destination) is S3Destination s3 ? new S3TargetView(s3.Bucket, row.GetString(8))
        : new FolderTargetView(row.GetString(8));
}
