using Microsoft.AspNetCore.Authentication;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Who is signed in, and which of his companies he acts in.</summary>
public static class GetSession
{
    public sealed record ChooseCompanyRequest(string Company);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", GetAsync).RequireAuthorization()
            .WithName("GetSession").WithSummary("Who is signed in, his companies, and his antiforgery token.")
            .Produces<SessionView>();
        api.MapPost("/session/company", ChooseAsync).RequireAuthorization()
            .WithName("ChooseCompany").WithSummary("Act in another of one's companies.")
            .Produces<SessionView>().ProducesProblem(403).ProducesProblem(422);
    }

    private static async Task<IResult> GetAsync(HttpContext context, Memberships memberships, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        if (actor.IsUser)
        {
            return Results.Ok(SessionView.Of(context, (await memberships.OfUserAsync(actor.UserId, stop)).Companies));
        }
        var key = await memberships.OfKeyAsync(Guid.Parse(actor.UserId), stop);
        return Results.Ok(SessionView.Of(context, key is null ? [] : [key.Company]));
    }

    private static async Task<IResult> ChooseAsync(
        ChooseCompanyRequest request, HttpContext context, Memberships memberships, AccessLog log,
        CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        if (!actor.IsUser)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "An API key belongs to one company.");
        }
        var standing = await memberships.OfUserAsync(actor.UserId, stop);
        if (standing.In(request.Company) is not { } active)
        {
            return Problems.Invalid("company", "You are not a member of this company.");
        }
        if (active.Suspended)
        {
            return AccessRefusals.Suspended();
        }
        var user = new LedgerUser { Id = actor.UserId, Email = actor.Name };
        await log.RecordAsync(active.CompanyId, actor.Id, "company.entered", null, stop);
        await context.SignInAsync(CookieAuthentication.SchemeName, Principals.ForCookie(user, active.CompanyId));
        return Results.Ok(SessionView.Of(context, user, active, standing));
    }
}
