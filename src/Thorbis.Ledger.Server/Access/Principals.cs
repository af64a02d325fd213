using System.Security.Claims;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Makes the claims that <see cref="Actor.Of"/> reads.</summary>
public static class Principals
{
    /// <summary>Stands instead of company and role when the company is suspended.</summary>
    public const string SuspendedClaim = "suspended";

    /// <param name="id">As <see cref="Actor.Id"/>.</param>
    /// <param name="company">The active company with the present role; null for who has none.</param>
    public static ClaimsPrincipal Of(string scheme, string id, string name, CompanyRole? company, bool isOperator)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, id));
        identity.AddClaim(new(ClaimTypes.Name, name));
        if (company is { Suspended: true })
        {
            identity.AddClaim(new(SuspendedClaim, company.CompanyId));
        }
        else if (company is not null)
        {
            identity.AddClaim(new(Actor.CompanyClaim, company.CompanyId));
            identity.AddClaim(new(ClaimTypes.Role, Words.Of(company.Role)));
        }
        if (isOperator)
        {
            identity.AddClaim(new(Actor.OperatorClaim, "true"));
        }
        return new(identity);
    }

    /// <summary>What a cookie holds: who, and the company chosen. What he is there is asked at every request.</summary>
    public static ClaimsPrincipal ForCookie(LedgerUser user, string? company)
    {
        var identity = new ClaimsIdentity(CookieAuthentication.SchemeName, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, $"user:{user.Id}"));
        identity.AddClaim(new(ClaimTypes.Name, user.Email ?? ""));
        if (company is not null)
        {
            identity.AddClaim(new(Actor.CompanyClaim, company));
        }
        return new(identity);
    }
}
