using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;

namespace Thorbis.Ledger.Server.Companies;

/// <summary>Somebody becomes a member of a company.</summary>
public static class AddMember
{
    /// <param name="Password">Of the account made for an address that has none; at least 10 characters.</param>
    public sealed record AddMemberRequest(string Email, Role Role, string? Password = null);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/members", PostAsync).Allow(Permissions.ManageAccess)
            .WithName("AddMember").WithSummary("Make an address a member of one's company.")
            .Produces<MemberView>(201).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/operator/companies/{companyId}/members", PostAsOperatorAsync).AllowOperators()
            .WithName("AddCompanyMember").WithSummary("Make an address a member of a company.")
            .Produces<MemberView>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static Task<IResult> PostAsync(
        AddMemberRequest request, HttpContext context, MemberChanges changes, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        return changes.AddAsync(actor.Company, request, actor.AsMember(), byOperator: false, stop);
    }

    private static Task<IResult> PostAsOperatorAsync(
        string companyId, AddMemberRequest request, HttpContext context, MemberChanges changes,
        CancellationToken stop) =>
        changes.AddAsync(companyId, request, Actor.Of(context.User).AsOperator(), byOperator: true, stop);
}
