using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>In what a file and the ledger do not agree: as a list, and as a file for the carrier.</summary>
public static class GetDifferences
{
    /// <summary>Which of them.</summary>
    public sealed record DifferenceFilter
    {
        [Description("missing_here, missing_at_carrier, duration_differs, cost_differs or duplicate.")]
        public string? Class { get; init; }

        internal void Apply(Selection selection, Guid reconciliationId) => selection
            .Where("d.reconciliation_id = ?", reconciliationId)
            .WhereWord("d.class", "class", Class, [.. Words.All<MatchClass>().Skip(1)]);
    }

    private static readonly string[] Columns =
    [
        "class", "call_id", "leg_id", "message_id", "from", "to", "ledger_at", "record_at", "ledger_seconds",
        "record_seconds", "ledger_cost", "ledger_currency", "record_cost", "record_currency", "difference",
        "record_kinds", "record_ids", "record_lines", "evidence_ids",
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var one = api.MapGroup("/reconciliations/{reconciliationId:guid}").WithTags("Reconciliation");
        one.MapGet("/differences", ListAsync).Allow(Permissions.ReadReconciliations)
            .WithName("GetDifferences").WithSummary("In what the file and the ledger do not agree, with evidence.")
            .Produces<Page<DifferenceView>>().ProducesProblem(404).ProducesProblem(422);
        one.MapGet("/dispute.csv", GetCsvAsync).Allow(Permissions.Export)
            .WithName("ExportDisputeCsv")
            .WithSummary("The same as CSV, for the carrier: both sides, record ids and evidence ids.")
            .Produces(200, contentType: "text/csv").ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(
        Guid reconciliationId, [AsParameters] DifferenceFilter filter, [AsParameters] PageAsk page,
        ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        if (PageRequest.Refuse(page.Cursor, page.Limit, out var after, out _) is { } refused)
        {
            return refused;
        }
        if (!long.TryParse(
            after.Length > 0 ? after : "0", NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return Problems.Invalid("cursor", "This is not a cursor of this list.");
        }
        if (await GetReconciliations.FindAsync(database, company, reconciliationId, stop) is null)
        {
            return Problems.NotFound("reconciliation");
        }
        var selection = new Selection(company, "d.tenant_id");
        filter.Apply(selection, reconciliationId);
        selection.Where("d.difference_id > ?", last);
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection, Sql(selection), DifferenceView.Read,
            row => [row.DifferenceId.ToString(CultureInfo.InvariantCulture)], stop), stop));
    }

    private static async Task<IResult> GetCsvAsync(
        Guid reconciliationId, [AsParameters] DifferenceFilter filter, [AsParameters] ExportAsk ask, HttpContext http,
        LedgerDatabase database, Exporter exporter, CompanyZones zones, IClock clock)
    {
        var (company, stop) = (Actor.Of(http.User).Company, http.RequestAborted);
        if (await zones.AskedAsync(ask.Zone, company, stop) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        if (await GetReconciliations.FindAsync(database, company, reconciliationId, stop) is null)
        {
            return Problems.NotFound("reconciliation");
        }
        var selection = new Selection(company, "d.tenant_id");
        filter.Apply(selection, reconciliationId);
        var export = new ExportFile(
            "dispute", $"dispute-{reconciliationId}",
            [.. Columns.Select(name => new ExportHead(name, CellKind.Text))],
            (connection, sheet, _, stop) => ExportColumns.ReadAsync(
                connection, selection, Sql(selection), row => Write(sheet, row), sheet, stop));
        var order = new ExportOrder(export, ExportFormat.Csv, zone, ask.IsRaw, clock.GetCurrentInstant());
        return selection.Problem ?? await exporter.SendAsync(http, order);
    }

    private static string Sql(Selection selection) =>
        $"select {DifferenceView.Columns} from {DifferenceView.Table} where {selection.Sql} order by d.difference_id";

    private static void Write(ISheet sheet, NpgsqlDataReader row)
    {
        sheet.Plain(row.GetString(1));
        for (var text = 2; text <= 6; text++)
        {
            sheet.Text(row.Text(text));
        }
        sheet.Time(row.Microseconds(7));
        sheet.Time(row.Microseconds(11));
        sheet.Integer(row.Value<long>(8));
        sheet.Integer(row.Value<long>(12));
        var (ours, theirs) = (row.Value<decimal>(9), row.Value<decimal>(13));
        sheet.Amount(ours);
        sheet.Text(row.Text(10));
        sheet.Amount(theirs);
        sheet.Text(row.Text(14));
        // Where one side names no currency, it has no amount but zero.
        var (ourCurrency, theirCurrency) = (row.Text(10) ?? row.Text(14), row.Text(14) ?? row.Text(10));
        sheet.Amount(ourCurrency == theirCurrency ? (theirs ?? 0) - (ours ?? 0) : null);
        for (var text = 15; text <= 17; text++)
        {
            sheet.Text(row.Text(text));
        }
        sheet.Plain(row.Text(19));
    }
}
