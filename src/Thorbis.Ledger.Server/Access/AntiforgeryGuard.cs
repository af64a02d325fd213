using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>
/// Asks for the header <see cref="Header"/> wherever a cookie lets somebody change something: a browser sends its
/// cookie along with what other sites make it send. Keys travel in a header no other site can set, and are not asked.
/// </summary>
public sealed class AntiforgeryGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string Header = "x-antiforgery";

    public async Task InvokeAsync(HttpContext context)
    {
        if (Applies(context) && !await antiforgery.IsRequestValidAsync(context))
        {
            await Problems.Of(StatusCodes.Status403Forbidden, "antiforgery", "The antiforgery token is missing or old.",
                $"Send the antiforgeryToken of GET /api/v1/session in the header {Header}.").ExecuteAsync(context);
            return;
        }
        await next(context);
    }

    private static bool Applies(HttpContext context) =>
        context.User.Identity?.AuthenticationType == CookieAuthentication.SchemeName
        && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null;
}
