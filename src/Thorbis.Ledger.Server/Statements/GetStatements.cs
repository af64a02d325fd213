using System.ComponentModel;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Closed months, and what is still open before the next is closed.</summary>
/// <param name="Next">The month that is closed next, such as 2026-10; null while nothing was billed.</param>
/// <param name="Destinations">Where each goes once it is closed.</param>
public sealed record StatementList(
    string? Next, bool SecondPerson, int? CloseAfterDays, IReadOnlyList<DestinationView> Destinations,
    IReadOnlyList<StatementClosed> Closed);

/// <summary>What would still change a month: none of it keeps anybody from closing it.</summary>
/// <param name="Waiting">Webhooks of the company that are not interpreted.</param>
/// <param name="CallsWithoutEnd">Begun in the month.</param>
/// <param name="CallsWithoutCost">Ended, answered, and the carrier has not told what they cost.</param>
/// <param name="MessagesWithoutCost">Likewise.</param>
/// <param name="LinesWithoutPrice">The deck sells the service, but has no row for the number.</param>
/// <param name="Reconciled">One comparison with the carrier's records covers the whole month.</param>
/// <param name="ProposedBy">Who wants it closed, where a second person has to.</param>
public sealed record StatementCheck(
    string Month, bool Ended, bool IsNext, long Waiting, long CallsWithoutEnd, long CallsWithoutCost,
    long MessagesWithoutCost, long LinesWithoutPrice, bool Reconciled, string? ProposedBy);

public static class GetStatements
{
    private const string CheckSql = """
        select
          (select count(*) from intake.backlog),
          (select count(*) from ledger.call
            where tenant_id = $1 and usage_at >= $2 and usage_at < $3 and ended_at is null),
          (select count(*) from ledger.call
            where tenant_id = $1 and usage_at >= $2 and usage_at < $3 and ended_at is not null
              and answered_at is not null and carrier_cost is null),
          (select count(*) from ledger.message
            where tenant_id = $1 and usage_at >= $2 and usage_at < $3 and carrier_cost is null),
          (select count(*) from ledger.cost_line
            where tenant_id = $1 and occurred_at >= $2 and occurred_at < $3 and source = 'deck' and rate is null),
          exists (select 1 from ledger.reconciliation
            where tenant_id = $1 and (done::jsonb->>'from')::timestamptz <= $2
              and (done::jsonb->>'to')::timestamptz >= $3)
        """;

    public static void Map(RouteGroupBuilder api)
    {
        var statements = api.MapGroup("/statements").WithTags("Statements");
        statements.MapGet("", ListAsync).Allow(Permissions.ReadCosts)
            .WithName("GetStatements").WithSummary("Closed months, newest first, and which is next.")
            .Produces<StatementList>();
        statements.MapGet("/{month}", GetAsync).Allow(Permissions.ReadCosts)
            .WithName("GetStatement").WithSummary("A closed month: totals, place in the ledger, hash of its file.")
            .Produces<StatementClosed>().ProducesProblem(404);
        statements.MapGet("/{month}/check", CheckAsync).Allow(Permissions.ReadCosts)
            .WithName("CheckStatement").WithSummary("What is still open in a month.")
            .Produces<StatementCheck>().ProducesProblem(404);
        statements.MapGet("/{month}/lines.csv", FileAsync).Allow(Permissions.Export)
            .WithName("GetStatementCsv")
            .WithSummary("A closed month's lines as CSV: always the same bytes; in ranges too.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, LedgerDatabase database, CompanyZones zones, CancellationToken stop)
    {
        var company = Actor.Of(context.User).Company;
        var zone = await zones.OfAsync(company, stop);
        return Results.Ok(await database.ReadAsync(company, async connection =>
        {
            var book = await StatementBooks.ReadAsync(connection, company, LocalDate.MinIsoValue, zone, stop);
            var next = book.Next is { } month ? StatementDecider.MonthName(month) : null;
            var rules = await StatementBooks.RulesAsync(connection, company, stop);
            var addresses = await Recipients.AddressesAsync(connection, company, stop);
            return new StatementList(
                next, book.SecondPerson, book.CloseAfterDays,
                DestinationViews.Shown(rules?.Destinations ?? [], addresses),
                await StatementBooks.ClosedAsync(connection, company, null, stop));
        }, stop));
    }

    private static async Task<IResult> GetAsync(
        [Description("Such as 2026-10.")] string month, HttpContext context, LedgerDatabase database,
        CancellationToken stop) =>
        await FindAsync(month, context, database, stop) is { } closed
            ? Results.Ok(closed)
            : Problems.NotFound("statement");

    private static async Task<IResult> FileAsync(
        [Description("Such as 2026-10.")] string month, HttpContext context, LedgerDatabase database, AccessLog log,
        CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        if (await FindAsync(month, context, database, stop) is not { } closed)
        {
            return Problems.NotFound("statement");
        }
        await log.RecordAsync(actor.Company, actor.Id, "export.begun", $"statement {month}", stop);
        return Results.Stream(
            new StoredFile(database, StatementBooks.FileOf(actor.Company, closed.Month), closed.Bytes),
            "text/csv; charset=utf-8",
            $"statement-{month}.csv", closed.OccurredAt.ToDateTimeOffset(),
            new EntityTagHeaderValue($"\"{closed.Sha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> CheckAsync(
        [Description("Such as 2026-10.")] string month, HttpContext context, LedgerDatabase database,
        CompanyZones zones, IClock clock, CancellationToken stop)
    {
        var company = Actor.Of(context.User).Company;
        var zone = await zones.OfAsync(company, stop);
        if (StatementDecider.ParseMonth(month) is not { } first)
        {
            return Problems.NotFound("month");
        }
        var (from, to) = (zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(first.PlusMonths(1)).ToInstant());
        return Results.Ok(await database.ReadAsync(company, async connection =>
        {
            var book = await StatementBooks.ReadAsync(connection, company, first, zone, stop);
            await using var command = connection.Command(CheckSql, company, from, to);
            return (await command.ListAsync(row => new StatementCheck(
                month, clock.GetCurrentInstant() >= to, book.Next == first, row.GetInt64(0), row.GetInt64(1),
                row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetBoolean(5), book.ProposedBy), stop)).Single();
        }, stop));
    }

    private static async Task<StatementClosed?> FindAsync(
        string month, HttpContext context, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(context.User).Company;
        return StatementDecider.ParseMonth(month) is not { } first ? null
            : await database.ReadAsync(company, async connection =>
                (await StatementBooks.ClosedAsync(connection, company, first, stop)).SingleOrDefault(), stop);
    }
}
