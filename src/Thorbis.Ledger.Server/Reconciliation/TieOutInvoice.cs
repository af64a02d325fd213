using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Ties a month of the ledger out to the carrier's invoice. Every cent left unexplained is a line.</summary>
public static class TieOutInvoice
{
    private static readonly LocalDatePattern MonthPattern =
        LocalDatePattern.CreateWithInvariantCulture("uuuu-MM").WithTemplateValue(new(2000, 1, 1));

    /// <summary>What the carrier's invoice says; no operation of its API tells it.</summary>
    /// <param name="Total">What is to be paid for the month, with tax.</param>
    /// <param name="Tax">Of <paramref name="Total"/>; 0 when left out.</param>
    public sealed record InvoiceRequest(string InvoiceId, string Currency, decimal Total, decimal Tax = 0);

    /// <param name="Month">As <c>2026-10</c>.</param>
    /// <param name="ChargesBreakdown">The answer of the carrier's GET /charges_breakdown for the month.</param>
    /// <param name="ChargesSummary">The answer of the carrier's GET /charges_summary for the month.</param>
    /// <param name="Zone">IANA zone of the month's bounds; UTC when left out.</param>
    /// <param name="Reconciliations">
    /// Comparisons whose files tell what was billed beside calls and messages: detection, speech, assistants …
    /// </param>
    /// <param name="UsageAliases">
    /// Aliases of the summary's simple lines that are usage: compared with the ledger's, and not added to it.
    /// </param>
    public sealed record TieOutRequest(
        string Month, InvoiceRequest Invoice, JsonElement ChargesBreakdown, JsonElement ChargesSummary,
        string? Zone = null, IReadOnlyList<Guid>? Reconciliations = null, IReadOnlyList<string>? UsageAliases = null);

    private const int ListedMost = 100;

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/invoice-tie-outs", PostAsync).Allow(Permissions.Reconcile)
        .WithName("TieOutInvoice")
        .WithSummary("Tie a month out to the carrier's invoice: ledger, charges, adjustments, tax against its total.")
        .WithDescription("The same documents against an unchanged ledger answer with the tie-out that is on record.")
        .WithTags("Reconciliation")
        .Produces<TieOutView>(201).Produces<TieOutView>().ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        TieOutRequest request, HttpContext context, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        if (Check(request) is { } refused)
        {
            return refused;
        }
        try
        {
            return await TieOutAsync(request, Actor.Of(context.User), transactions, clock, context, stop);
        }
        catch (ChargesException bad)
        {
            return Problems.Invalid(bad.Field, bad.Message);
        }
    }

    private static IResult? Check(TieOutRequest request) =>
        !MonthPattern.Parse(request.Month).Success ? Problems.Invalid("month", "Expected a month, such as 2026-10.")
        : request.Zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.Zone) is null
            ? Problems.Invalid("zone", "Not an IANA time zone such as America/New_York.")
        : request.Invoice.InvoiceId is not { Length: > 0 and <= 100 } || request.Invoice.InvoiceId.Contains('\0')
            ? Problems.Invalid("invoice.invoiceId", "Expected the invoice's id, of at most 100 characters.")
        : request.Invoice.Currency.Length != 3 || !request.Invoice.Currency.All(char.IsAsciiLetterUpper)
            ? Problems.Invalid("invoice.currency", "Expected an ISO 4217 code, such as USD.")
        : Math.Abs(request.Invoice.Total) > 1_000_000_000_000m || Math.Abs(request.Invoice.Tax) > 1_000_000_000_000m
            ? Problems.Invalid("invoice.total", "Expected an amount of at most a million million.")
        : CheckLists(request);

    private static IResult? CheckLists(TieOutRequest request) =>
        request.Reconciliations?.Count > ListedMost
            ? Problems.Invalid("reconciliations", $"At most {ListedMost} are taken.")
        : request.UsageAliases?.Count > ListedMost
            ? Problems.Invalid("usageAliases", $"At most {ListedMost} are taken.")
        : null;

    private static async Task<IResult> TieOutAsync(
        TieOutRequest request, Actor actor, FactTransactions transactions, IClock clock, HttpContext context,
        CancellationToken stop)
    {
        var (month, zone) = (MonthPattern.Parse(request.Month).Value, request.Zone ?? DateTimeZone.Utc.Id);
        var (from, to) = Bounds(month, DateTimeZoneProviders.Tzdb[zone]);
        var reading = new ChargesReading(month, request.Invoice.Currency, request.UsageAliases ?? []);
        var numbers = reading.Breakdown(ChargesJson.Document(request.ChargesBreakdown, "chargesBreakdown"));
        var summary = reading.Summary(ChargesJson.Document(request.ChargesSummary, "chargesSummary"));
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var usage = await MonthUsage.ReadAsync(
            change.Connection, actor.Company, from, to, request.Reconciliations ?? [], stop);
        var fact = Fact(request, zone, usage, TieOut.Of(usage.LinesIn(request.Invoice.Currency), numbers, summary,
            new(request.Invoice.InvoiceId, request.Invoice.Total, request.Invoice.Tax)), actor, clock);
        if (await InvoiceTieOuts.FindSameAsync(change.Connection, actor.Company, fact, stop) is { } known)
        {
            context.Response.Headers.Location = InvoiceTieOuts.AddressOf(known.Id);
            return Results.Ok(TieOutView.Of(known.Id, known.Fact, repeated: true));
        }
        var id = Guid.CreateVersion7();
        await InvoiceTieOuts.KeepAsync(change, actor.Company, id, fact, stop);
        await change.CommitAsync(stop);
        return Results.Created(InvoiceTieOuts.AddressOf(id), TieOutView.Of(id, fact));
    }

    private static (Instant From, Instant To) Bounds(LocalDate month, DateTimeZone zone) =>
        (zone.AtStartOfDay(month).ToInstant(), zone.AtStartOfDay(month.PlusMonths(1)).ToInstant());

    private static InvoiceTiedOut Fact(
        TieOutRequest request, string zone, MonthUsage usage, TieOut tieOut, Actor actor, IClock clock)
    {
        var currency = request.Invoice.Currency;
        return new(
            request.Month, clock.GetCurrentInstant(), request.Invoice.InvoiceId, zone, currency, request.Invoice.Total,
            tieOut.Lines, tieOut.Unexplained, usage.NotIn(currency), usage.Calls.Unpriced, usage.Messages.Unpriced,
            actor.Id, request.Reconciliations is { Count: > 0 } files ? files : null);
    }
}
