using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Answers who is not let in with a problem, never with a redirect.</summary>
public sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }
        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Unauthenticated().ExecuteAsync(context);
        }
        return Forbidden(context).ExecuteAsync(context);
    }

    private static IResult Unauthenticated() => Problems.Of(
        StatusCodes.Status401Unauthorized, "unauthenticated", "Sign in, or send an API key.");

    private static IResult Forbidden(HttpContext context) =>
        context.User.HasClaim(claim => claim.Type == Principals.SuspendedClaim)
            ? Suspended()
            : Forbidden();

    /// <summary>403 for what the role does not allow.</summary>
    public static IResult Forbidden() =>
        Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "Your role does not allow this.");

    /// <summary>403 for members and keys of a company that the operators have suspended.</summary>
    public static IResult Suspended() => Problems.Of(
        StatusCodes.Status403Forbidden, "company-suspended", "The company is suspended.",
        "The operators of the platform have suspended it; only they can resume it.");
}
