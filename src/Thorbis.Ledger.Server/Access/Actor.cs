using System.Security.Claims;
using Thorbis.Ledger.Domain.Companies;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Who asks. Company and role come from the token and the membership, never from a parameter.</summary>
/// <param name="Id"><c>user:{id}</c> or <c>key:{id}</c>.</param>
/// <param name="Name">E-mail address or the key's name, for people.</param>
/// <param name="CompanyId">The active company; null for an operator without one.</param>
public sealed record Actor(string Id, string Name, string? CompanyId, Role? Role, bool IsOperator)
{
    public const string CompanyClaim = "company";
    public const string OperatorClaim = "operator";

    /// <summary>The company of an actor that an endpoint's role check has let through.</summary>
    /// <exception cref="InvalidOperationException">An endpoint without a role check asked for it.</exception>
    public string Company => CompanyId ?? throw new InvalidOperationException("The endpoint checks no role.");

    /// <summary>A person, not an API key.</summary>
    public bool IsUser => Id.StartsWith("user:", StringComparison.Ordinal);

    /// <summary>The user's id, without its kind; a key's id for a key.</summary>
    public string UserId => Id[(Id.IndexOf(':') + 1)..];

    /// <summary>As who changes his own company's access.</summary>
    public AccessActor AsMember() => new(Id, Role == Domain.Companies.Role.Owner);

    /// <summary>As who changes any company's access.</summary>
    public AccessActor AsOperator() => new(Id, IsOwner: true);

    public static Actor Of(ClaimsPrincipal principal) => new(
        principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "anonymous",
        principal.FindFirstValue(ClaimTypes.Name) ?? "",
        principal.FindFirstValue(CompanyClaim),
        Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), ignoreCase: true, out var role) ? role : null,
        principal.HasClaim(OperatorClaim, "true"));
}
