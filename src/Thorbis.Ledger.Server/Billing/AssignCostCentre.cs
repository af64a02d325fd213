using System.ComponentModel;
using NodaTime;
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
        centres.MapPost("", Post).Allow(Permissions.ManageRates)
            .WithName("AssignCostCentre").WithSummary("Say to which cost centre a number belongs, from a day on.")
            .Produces<CostCentreView>().ProducesProblem(404).ProducesProblem(422);
        centres.MapGet("", GetAsync).Allow(Permissions.ReadCosts)
            .WithName("GetCostCentres").WithSummary("A number's cost centres by the day each begins on.")
            .Produces<IReadOnlyList<CostCentreView>>().ProducesProblem(404);
    }

    private static Task<IResult> Post(
        [Description("One of the company's numbers, E.164.")] string number, AssignRequest request,
        [AsParameters] DatedChange change, CancellationToken stop)
    {
        number = Selection.Address(number);
        return change.SayAsync<NumberFact>(
            "number", request.From, request.Reason,
            async (facts, company, said) =>
                !await NumberAccounts.IsHeldAsync(facts.Connection, company, number, stop) ? null
                : CostCentreDecider.Assign(
                    await NumberAccounts.FindAsync(facts.Connection, company, number, stop), number,
                    request.CostCentre, said),
            (facts, company, _, fact) => facts.AppendAsync(company, NumberAccounts.StreamOf(number), [fact], stop),
            from => Results.Ok(new CostCentreView(number, from, request.CostCentre)));
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
