using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Companies;

/// <summary>The members of a company, by e-mail address.</summary>
public static class GetMembers
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/members", GetAsync).Allow(Permissions.ReadAccess)
            .WithName("GetMembers").WithSummary("The members of one's company.").Produces<Page<MemberView>>();
        api.MapGet("/operator/companies/{companyId}/members", GetAsOperatorAsync).AllowOperators()
            .WithName("GetCompanyMembers").WithSummary("The members of a company.").Produces<Page<MemberView>>();
    }

    private static async Task<IResult> GetAsync(HttpContext context, Memberships memberships, CancellationToken stop) =>
        Results.Ok(new Page<MemberView>(
            await memberships.MembersAsync(Actor.Of(context.User).Company, stop), null));

    private static async Task<IResult> GetAsOperatorAsync(
        string companyId, Memberships memberships, CancellationToken stop) =>
        Results.Ok(new Page<MemberView>(await memberships.MembersAsync(companyId, stop), null));
}
