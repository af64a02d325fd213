using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Says to which cost centre a number's costs belong, from a day on.</summary>
/// <remarks>
/// What becomes known after it follows it, from its day on; month fees are split at the day. Lines of calls and
/// messages that were there before stay where they are.
/// </remarks>
public static class AssignCostCentre
{
    /// <param name="CostCentre">Such as a location or an account of the books; empty for none.</param>
    /// <param name="From">First day, <c>2026-11-01</c>, in the company's zone; today when left out.</param>
    public sealed record AssignRequest(string CostCentre, string? From = null, string? Reason = null);

    /// <param name="From">First day, in the zone it was said in.</param>
    public sealed record CostCentreView(string Number, LocalDate From, string CostCentre);

    public static void Map(RouteGroupBuilder api)
    {
        var centres = api.MapGroup("/numbers/{number}/cost-centres").WithTags("Costs");
        centres.MapPost("", PostAsync).Allow(Permissions.ManageRates)
            .WithName("AssignCostCentre").WithSummary("Say to which cost centre a number belongs, from a day on.")
            .Produces<CostCentreView>().ProducesProblem(404).ProducesProblem(422);
        centres.MapGet("", GetAsync).Allow(Permissions.ReadCosts)
            .WithName("GetCostCentres").WithSummary("A number's cost centres by the day each begins on.")
            .Produces<IReadOnlyList<CostCentreView>>().ProducesProblem(404);
    }

    private static async Task<IResult> PostAsync(
        [Description("One of the company's numbers, E.164.")] string number, AssignRequest request,
        HttpContext context, FactTransactions transactions, CompanyZones zones, IClock clock, CancellationToken stop)
    {
        var (actor, now) = (Actor.Of(context.User), clock.GetCurrentInstant());
        var zone = await zones.OfAsync(actor.Company, stop);
        if (AskedTime.ParseDay(request.From, zone, now) is not { } begins)
        {
            return Problems.Invalid("from", AskedTime.ExpectedDay);
        }
        number = Selection.Address(number);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var decision = CostCentreDecider.Assign(
            await NumberAccounts.FindAsync(change.Connection, actor.Company, number, stop), number,
            request.CostCentre, new(begins, zone, actor.Id, request.Reason, now));
        switch (decision)
        {
            case Refused<NumberFact> refused:
                return refused.Why.ToProblem();
            case var _ when !await NumberAccounts.IsHeldAsync(change.Connection, actor.Company, number, stop):
                return Problems.NotFound("number");
            case Accepted<NumberFact> { Facts: { Count: > 0 } facts }:
                await change.AppendAsync(actor.Company, NumberAccounts.StreamOf(number), facts, stop);
                await change.CommitAsync(stop);
                break;
        }
        return Results.Ok(new CostCentreView(number, begins, request.CostCentre));
    }

    private static async Task<IResult> GetAsync(
        [Description("One of the company's numbers, E.164.")] string number, HttpContext context,
        LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(context.User).Company;
        number = Selection.Address(number);
        return await database.ReadAsync(company, async connection =>
            await NumberAccounts.IsHeldAsync(connection, company, number, stop)
                ? Results.Ok((await NumberAccounts.FindAsync(connection, company, number, stop))?.Centres
                    .Select(centre => new CostCentreView(number, centre.From, centre.CostCentre)) ?? [])
                : Problems.NotFound("number"), stop);
    }
}
