using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Customers;

/// <summary>Says to which cost centre a customer's calls and messages belong, from a day on.</summary>
/// <remarks>What becomes known after it follows it, from its day on; what was there before stays where it is.</remarks>
public static class AssignCustomerCentre
{
    /// <param name="CostCentre">Such as a project or an account of the books; empty for none of its own.</param>
    /// <param name="From">First day, <c>2026-11-01</c>, in the company's zone; today when left out.</param>
    public sealed record AssignRequest(string CostCentre, string? From = null, string? Reason = null);

    /// <param name="From">First day, in the zone it was said in.</param>
    public sealed record CustomerCentreView(string CustomerId, LocalDate From, string CostCentre);

    public static void Map(RouteGroupBuilder api)
    {
        var centres = api.MapGroup("/customers/{customerId}/cost-centres").WithTags("Costs");
        centres.MapPost("", Post).Allow(Permissions.ManageRates)
            .WithName("AssignCustomerCentre")
            .WithSummary("Say to which cost centre a customer's calls and messages belong, from a day on.")
            .Produces<CustomerCentreView>().ProducesProblem(404).ProducesProblem(422);
        centres.MapGet("", GetAsync).Allow(Permissions.ReadCosts)
            .WithName("GetCustomerCentres").WithSummary("A customer's cost centres by the day each begins on.")
            .Produces<IReadOnlyList<CustomerCentreView>>().ProducesProblem(404);
    }

    private static Task<IResult> Post(
        [Description("The customer's id, as lists show it.")] string customerId, AssignRequest request,
        [AsParameters] DatedChange change, CancellationToken stop) => change.SayOfCustomerAsync(
            customerId, request.From, request.Reason,
            async (facts, company, said) => CustomerDecider.Assign(
                (await CustomerTable.FoldAsync(facts.Connection, company, customerId, stop))!, customerId,
                request.CostCentre, said),
            from => Results.Ok(new CustomerCentreView(customerId, from, request.CostCentre)));

    private static async Task<IResult> GetAsync(
        [Description("The customer's id, as lists show it.")] string customerId, ClaimsPrincipal user,
        LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return await database.ReadAsync(company, async connection =>
            await CustomerTable.FoldAsync(connection, company, customerId, stop) is { } customer
                ? Results.Ok(customer.Centres.Select(
                    centre => new CustomerCentreView(customerId, centre.From, centre.CostCentre)))
                : Problems.NotFound("customer"), stop);
    }
}
