using System.ComponentModel;
using Npgsql;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>Which series is asked for.</summary>
public sealed record UsageSeriesAsk(
    [property: Description("Start, inclusive: a time on a quarter of an hour, or a date; else 30 days before to.")]
    string? From,
    [property: Description("End, exclusive: likewise. The end of today when left out.")] string? To,
    [property: Description("Steps of the series: hour, day, week or month; day when left out.")] string? By,
    [property: Description("One of the company's numbers, E.164; the whole company when left out.")] string? Number,
    [property: Description("One cost centre; the whole company when left out. Not with number.")]
    string? CostCentre = null);

/// <summary>The figures of GET /usage step by step; a column is named as its figure is there.</summary>
public static class ExportUsageSeries
{
    private sealed record Step(UsagePoint Point, UsageFigures Sums);

    public static readonly Export Export = new Export<UsageSeriesAsk>(
        "usage-series", "The figures of a range by hour, day, week or month of a zone as CSV, one row per step.",
        "Steps without anything hold zeros. The same request gives the same bytes once all in it is done.", Open);

    private static readonly ExportColumn<Step>[] Columns =
    [
        RowColumn.Time("start", (Step step) => step.Point.Start.ToInstant()),
        RowColumn.Time("end", (Step step) => step.Point.End.ToInstant()),
        Count("calls_in", Figure.CallsIn),
        Count("calls_out", Figure.CallsOut),
        Count("calls_internal", Figure.CallsInternal),
        Count("calls_ended", Figure.CallsEnded),
        Count("calls_answered", Figure.Answered),
        Count("calls_missed", sums => sums.Missed),
        Count("calls_outcomes_incoming_answered", Figure.Answered),
        Count("calls_outcomes_incoming_voicemail", Figure.Voicemail),
        Count("calls_outcomes_incoming_self_served", Figure.SelfServed),
        Count("calls_outcomes_incoming_short", Figure.Short),
        Count("calls_outcomes_incoming_abandoned", Figure.Abandoned),
        Count("calls_outcomes_incoming_unanswered", Figure.Unanswered),
        Count("calls_outcomes_incoming_blocked", Figure.Blocked),
        Count("calls_outcomes_outgoing_connected", Figure.Connected),
        Count("calls_outcomes_outgoing_machine", Figure.Machine),
        Count("calls_outcomes_outgoing_busy", Figure.Busy),
        Count("calls_outcomes_outgoing_unanswered", Figure.UnansweredOut),
        Count("calls_outcomes_outgoing_failed", Figure.Failed),
        Seconds("calls_talk_seconds", Figure.TalkMicroseconds),
        Average("calls_average_talk_seconds", sums => sums.AverageTalkSeconds),
        Count("calls_billable_seconds", Figure.BillableSeconds),
        Average("calls_average_billable_seconds", sums => sums.AverageBillableSeconds),
        Count("calls_carrier_billed_seconds", Figure.CarrierBilledSeconds),
        Seconds("calls_ring_seconds", Figure.RingMicroseconds),
        Average("calls_average_ring_seconds", sums => sums.AverageRingSeconds),
        Count("messages_in_total", sums => MessageFigures.Of(sums).In.Total),
        Count("messages_in_sms", Figure.SmsIn),
        Count("messages_in_mms", Figure.MmsIn),
        Count("messages_in_other", Figure.OtherIn),
        Count("messages_out_total", sums => MessageFigures.Of(sums).Out.Total),
        Count("messages_out_sms", Figure.SmsOut),
        Count("messages_out_mms", Figure.MmsOut),
        Count("messages_out_other", Figure.OtherOut),
        Count("messages_recipients_queued", Figure.RecipientsQueued),
        Count("messages_recipients_sent", Figure.RecipientsSent),
        Count("messages_recipients_delivered", Figure.RecipientsDelivered),
        Count("messages_recipients_failed", Figure.RecipientsFailed),
        Count("messages_recipients_unconfirmed", Figure.RecipientsUnconfirmed),
        Count("messages_parts_in", Figure.PartsIn),
        Count("messages_parts_out", Figure.PartsOut),
        Count("messages_media_in", Figure.MediaIn),
        Count("messages_media_out", Figure.MediaOut),
        Count("voicemails", sums => Figures.Of(sums).Voicemails),
    ];

    private static ExportFile Open(UsageSeriesAsk ask, ExportScope scope)
    {
        if (!GetUsage.TryNarrow(ask.Number, ask.CostCentre, out var number, out var centre))
        {
            scope.Selection.Refuse("costCentre", GetUsage.OneOfBoth);
        }
        var range = GetUsage.RangeOf(ask.From, ask.To, ask.By, scope.Zone, scope.Now, out var refusal);
        if (refusal is not null)
        {
            scope.Selection.Refuse(refusal.Field, refusal.Reason);
        }
        return scope.File(
            Columns, ask.To, (connection, stop) => ReadAsync(connection, scope.Company, number, centre, range!, stop));
    }

    private static async Task<IEnumerable<Step>> ReadAsync(
        NpgsqlConnection connection, string company, string? number, string? costCentre, UsageRange range,
        CancellationToken stop)
    {
        var (_, sums) = await GetUsage.ReadAsync(connection, company, number, costCentre, range, stop);
        return range.Points.Zip(sums, (point, sum) => new Step(point, sum));
    }

    private static ExportColumn<Step> Count(string name, Figure figure) => Count(name, sums => sums[figure]);

    private static ExportColumn<Step> Count(string name, Func<UsageFigures, long?> value) =>
        RowColumn.Integer(name, (Step step) => value(step.Sums));

    private static ExportColumn<Step> Seconds(string name, Figure microseconds) =>
        RowColumn.Seconds(name, (Step step) => step.Sums[microseconds]);

    private static ExportColumn<Step> Average(string name, Func<UsageFigures, decimal?> value) =>
        RowColumn.Amount(name, (Step step) => value(step.Sums));
}
