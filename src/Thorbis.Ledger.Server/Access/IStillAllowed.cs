using System.Security.Claims;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Tells, in the middle of a long answer, whether the one who asked may still have it.</summary>
public interface IStillAllowed
{
    /// <summary>False once the membership, key or role behind the principal is gone or changed.</summary>
    Task<bool> StillAllowedAsync(ClaimsPrincipal principal, CancellationToken stop);
}
