using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Puts a closed statement on its way to each of its company's destinations, in the transaction that closes
/// it.</summary>
internal static class StatementNotice
{
    private const string Type = "statement_closed";
    private static readonly LocalDatePattern Month = LocalDatePattern.CreateWithInvariantCulture("MMMM uuuu");

    private static readonly ZonedDateTimePattern Time =
        ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss o<g> '('z')'", null);

    /// <summary>Of the closing: a month is closed once.</summary>
    public static Guid IdOf(string company, LocalDate month) =>
        FactId.For(company, StatementBooks.StreamOf(month), Type, "", 0);

    public static async Task QueueAsync(
        FactTransaction change, string company, StatementClosed closed,
        IReadOnlyList<StatementDestination> destinations, CancellationToken stop)
    {
        var month = StatementDecider.MonthName(closed.Month);
        foreach (var destination in destinations)
        {
            var row = new QueuedDelivery(company, IdOf(company, closed.Month), Type) { Month = closed.Month };
            row = destination switch
            {
                MailDestination mail => row with
                {
                    Recipient = mail.RecipientId,
                    Subject = $"Statement of {company} for {Month.Format(closed.Month)}",
                    Body = Text(company, closed),
                },
                FolderDestination folder => row with { Body = DestinationRules.FileOf(folder, company, month) },
                S3Destination s3 => row with { Body = DestinationRules.KeyOf(s3, company, month) },
                _ => throw new ArgumentOutOfRangeException(nameof(destinations), destination.GetType().Name),
            };
            row = row.Recipient is null ? row with { Destination = StatementSender.Write(destination) } : row;
            await DeliveryQueue.AddAsync(change, row, closed.OccurredAt, stop);
        }
    }

    /// <summary>What was still to go to destinations that are none any more stays in the log as failed.</summary>
    public static Task<int> EndPendingAsync(
        FactTransaction change, string company, IReadOnlyList<StatementDestination> destinations,
        CancellationToken stop) => change.ExecuteAsync("""
        update platform.delivery set state = 'failed', next_at = null, error = coalesce(error, $3)
        where tenant_id = $1 and month is not null and state = 'pending'
          and not (coalesce(destination, recipient_id::text) = any ($2))
        """, stop, company, destinations.Select(destination => destination is MailDestination mail
            ? mail.RecipientId.ToString() : StatementSender.Write(destination)).ToArray(),
        "The destination was removed.");

    private static string Text(string company, StatementClosed closed) => string.Join("\r\n",
    [
        $"Company:  {company}", $"Month:    {Month.Format(closed.Month)}, {closed.Zone}",
        $"Closed:   {Time.Format(closed.OccurredAt.InZone(DateTimeZoneProviders.Tzdb[closed.Zone]))}",
        .. closed.Totals.Select(Total), $"File:     {Number(closed.Bytes)} bytes", $"SHA-256:  {closed.Sha256}", "", "",
    ]);

    private static string Total(StatementTotal total) =>
        $"{total.Source + ":",-9} {Number(total.Rounded)} {total.Currency} (exactly {Number(total.Exact)}) in "
        + $"{Number(total.Lines)} lines"
        + (total.Adjustments == 0 ? "" : $", {Number(total.Adjustments)} of it adjustments of months closed before");

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
