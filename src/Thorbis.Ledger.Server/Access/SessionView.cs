using Microsoft.AspNetCore.Antiforgery;
using Thorbis.Ledger.Domain.Companies;

namespace Thorbis.Ledger.Server.Access;

/// <summary>A company that somebody may make his active one.</summary>
public sealed record SessionCompany(string CompanyId, string Name, Role Role);

/// <summary>Who is signed in, and as what.</summary>
/// <param name="UserId">The key's id for an API key.</param>
/// <param name="Email">The key's name for an API key.</param>
/// <param name="Company">The active company; null for an operator without one.</param>
/// <param name="AntiforgeryToken">
/// To be sent as header <c>x-antiforgery</c> with everything that changes something; null for an API key, which
/// needs none.
/// </param>
public sealed record SessionView(
    string UserId, string Email, bool IsOperator, string? Company, Role? Role, IReadOnlyList<SessionCompany> Companies,
    string? AntiforgeryToken)
{
    /// <summary>The session of a user as his cookie will say it; binds the antiforgery token to him.</summary>
    public static SessionView Of(HttpContext context, LedgerUser user, CompanyRole? active, UserStanding standing)
    {
        context.User = Principals.Of(
            CookieAuthentication.SchemeName, $"user:{user.Id}", user.Email ?? "", active, standing.IsOperator);
        return Of(context, standing.Companies);
    }

    /// <summary>The session that the request itself came with.</summary>
    public static SessionView Of(HttpContext context, IEnumerable<CompanyRole> companies)
    {
        var actor = Actor.Of(context.User);
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        return new(
            actor.UserId, actor.Name, actor.IsOperator, actor.CompanyId, actor.Role,
            [.. companies.Where(c => !c.Suspended).Select(c => new SessionCompany(c.CompanyId, c.Name, c.Role))],
            actor.IsUser ? antiforgery.GetAndStoreTokens(context).RequestToken : null);
    }
}
