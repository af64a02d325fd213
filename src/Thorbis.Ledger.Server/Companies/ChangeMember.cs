using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;

namespace Thorbis.Ledger.Server.Companies;

/// <summary>A member gets another role, or is a member no more.</summary>
public static class ChangeMember
{
    public sealed record ChangeMemberRequest(Role Role);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/members/{userId}", PutAsync).Allow(Permissions.ManageAccess)
            .WithName("ChangeMember").WithSummary("Give a member another role.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409);
        api.MapDelete("/members/{userId}", DeleteAsync).Allow(Permissions.ManageAccess)
            .WithName("RemoveMember").WithSummary("End a membership.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409);
        api.MapDelete("/operator/companies/{companyId}/members/{userId}", DeleteAsOperatorAsync).AllowOperators()
            .WithName("RemoveCompanyMember").WithSummary("End a membership in a company.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409);
    }

    private static Task<IResult> PutAsync(
        string userId, ChangeMemberRequest request, HttpContext context, MemberChanges changes, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        return changes.SetRoleAsync(actor.Company, userId, request.Role, actor.AsMember(), stop);
    }

    private static Task<IResult> DeleteAsync(
        string userId, HttpContext context, MemberChanges changes, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        return changes.RemoveAsync(actor.Company, userId, actor.AsMember(), stop);
    }

    private static Task<IResult> DeleteAsOperatorAsync(
        string companyId, string userId, HttpContext context, MemberChanges changes, CancellationToken stop) =>
        changes.RemoveAsync(companyId, userId, Actor.Of(context.User).AsOperator(), stop);
}
