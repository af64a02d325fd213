using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using NodaTime;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Compares a file of the carrier's detail records with the ledger. A bad row changes nothing.</summary>
public sealed class ReconcileFile(
    FactTransactions transactions, CompanyZones zones, IOptions<ReconciliationOptions> options, IClock clock)
{
    private const string Csv = "text/csv";
    private const string Json = "application/json";
    private const string JsonLines = "application/x-ndjson";

    private const string Expected =
        "GET /detail_records as JSON, its records as a list or one a line, or a report as CSV.";

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/reconciliations", (
            [AsParameters] FileAsk ask, HttpContext context, ReconcileFile reconcile, CancellationToken stop) =>
            reconcile.HandleAsync(ask, context, stop))
        .Allow(Permissions.Reconcile)
        .WithName("ReconcileFile")
        .WithSummary("Compare a file of detail records with the ledger; every bad row is named.")
        .WithDescription($"{Expected} The same file and range again answers with what came of it before.")
        .WithTags("Reconciliation")
        .Accepts<string>(Csv, Json, JsonLines)
        .Produces<ReconciliationView>(201).Produces<ReconciliationView>()
        .ProducesProblem(408).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);

    private async Task<IResult> HandleAsync(FileAsk ask, HttpContext context, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        var (scope, problem) = await ask.ReadAsync(actor.Company, zones, stop);
        if (scope is null)
        {
            return problem!;
        }
        if (context.Request.ContentLength > options.Value.FileBytesMax)
        {
            return TooLarge();
        }
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null; // The server's own limit is for other bodies; this one is measured.
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(options.Value.FileTimeout);
        try
        {
            return await RunAsync(ask, scope, actor, context.Request, timeout, stop);
        }
        catch (FileTooLargeException)
        {
            return TooLarge();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return Problems.Of(StatusCodes.Status408RequestTimeout, "body-too-slow", "The file came too slowly.");
        }
    }

    private async Task<IResult> RunAsync(
        FileAsk ask, FileScope scope, Actor actor, HttpRequest request, CancellationTokenSource timeout,
        CancellationToken stop)
    {
        var json = request.ContentType?.StartsWith(Csv, StringComparison.OrdinalIgnoreCase) is not true;
        await using var change = await transactions.BeginAsync(stop);
        var run = new ReconciliationRun(change, actor.Company, scope);
        if (!await run.TryBeginAsync(stop))
        {
            return Problems.Of(
                StatusCodes.Status409Conflict, "reconciliation-running", "Another file is being compared.",
                "One file of a company is compared at a time; repeat the request when that is done.");
        }
        await using var file = new MeasuredFile(request.Body, options.Value.FileBytesMax, timeout.Token);
        var import = await run.StageAsync(
            rows => json ? JsonRecords.ReadAsync(file, rows, timeout.Token)
                : CsvRecords.ReadAsync(file, rows, timeout.Token),
            timeout.Token);
        timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        if (import.Refused.Count > 0)
        {
            return BadLine.Refuse(import.Refused, RecordImport.RefusedMost, json ? "record" : "line");
        }
        var sha256 = file.Sha256();
        var before = await Reconciliations.FindAsync(change.Connection, actor.Company, sha256, scope, stop);
        if (before is not null && !(ask.Again is true && await Reconciliations.HasMovedOnAsync(
            change.Connection, actor.Company, before.AsOf, stop)))
        {
            request.HttpContext.Response.Headers.Location = AddressOf(before.ReconciliationId);
            return Results.Ok(ReconciliationView.Of(before, repeated: true));
        }
        return await KeepAsync(change, run, import, actor, scope, (sha256, file.Bytes), stop);
    }

    private async Task<IResult> KeepAsync(
        FactTransaction change, ReconciliationRun run, RecordImport import, Actor actor, FileScope scope,
        (string Sha256, long Bytes) file, CancellationToken stop)
    {
        var id = Guid.CreateVersion7();
        var asOf = await run.MatchAsync(import, stop);
        await run.KeepDifferencesAsync(id, stop);
        var done = new ReconciliationDone(
            id, clock.GetCurrentInstant(), file.Sha256, file.Bytes, import.Columns.Layout,
            [.. import.Columns.Unknown.Select(place => import.Columns.Names[place])], scope.From, scope.To,
            scope.Zone.Id, scope.Currency, asOf, import.Rows, await run.RecordTotalsAsync(stop),
            await run.ItemTotalsAsync(stop), actor.Id, import.Parts);
        await Reconciliations.KeepAsync(change, actor.Company, done, stop);
        await change.CommitAsync(stop);
        return Results.Created(AddressOf(id), ReconciliationView.Of(done));
    }

    private static string AddressOf(Guid id) => $"/api/v1/reconciliations/{id}";

    private IResult TooLarge() => Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "body-too-large", "The file is too large.",
        $"At most {options.Value.FileBytesMax} bytes are taken.");
}
