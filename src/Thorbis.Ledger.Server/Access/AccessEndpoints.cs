using Thorbis.Ledger.Domain.Companies;

namespace Thorbis.Ledger.Server.Access;

/// <summary>The two guards that every endpoint under /api/v1 uses one of.</summary>
public static class AccessEndpoints
{
    /// <summary>Only members (or keys) of the active company with one of these roles; others get 401 or 403.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy
            .RequireClaim(Actor.CompanyClaim)
            .RequireAssertion(context => Actor.Of(context.User).Role is { } role && roles.Contains(role)));

    /// <summary>Only operators of the platform.</summary>
    public static TBuilder AllowOperators<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireClaim(Actor.OperatorClaim, "true"));
}
