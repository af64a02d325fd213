using Microsoft.AspNetCore.Authentication.Cookies;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Lets in browsers by a sealed cookie, with the role their membership gives them now.</summary>
public static class CookieAuthentication
{
    public const string SchemeName = "cookie";

    /// <summary>A session ends so long after its last use.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "ledger";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var actor = Actor.Of(context.Principal!);
        var memberships = context.HttpContext.RequestServices.GetRequiredService<Memberships>();
        var standing = await memberships.OfUserAsync(actor.UserId, context.HttpContext.RequestAborted);
        context.ReplacePrincipal(Principals.Of(
            SchemeName, actor.Id, actor.Name, standing.In(actor.CompanyId), standing.IsOperator));
    }
}
