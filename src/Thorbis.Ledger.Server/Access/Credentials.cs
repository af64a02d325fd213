using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Checks e-mail address and password.</summary>
internal sealed class Credentials(UserManager<LedgerUser> users, IdentityDatabase identity, IClock clock)
{
    /// <summary>So many wrong passwords in a row lock an account for <see cref="LockoutTime"/>.</summary>
    public const int MaxFailures = 5;

    public static readonly Duration LockoutTime = Duration.FromMinutes(5);

    private static readonly LedgerUser Nobody = new();
    private static string? nobodysHash;

    /// <summary>
    /// Who it is, and whether he may come in. An unknown address, a wrong password and a locked account take the
    /// same time, as the hash is computed for each.
    /// </summary>
    public async Task<(LedgerUser? User, bool Accepted)> CheckAsync(string email, string password)
    {
        var user = await users.FindByEmailAsync(email);
        nobodysHash ??= users.PasswordHasher.HashPassword(Nobody, "");
        var verdict = users.PasswordHasher.VerifyHashedPassword(
            user ?? Nobody, user?.PasswordHash ?? nobodysHash, password);
        if (user is null || user.LockoutEnd > clock.GetCurrentInstant().ToDateTimeOffset())
        {
            return (user, false);
        }
        var accepted = user.PasswordHash is not null && verdict != PasswordVerificationResult.Failed;
        await CountAsync(user.Id, accepted);
        return (user, accepted);
    }

    /// <summary>One statement, so that guesses made at the same time are all counted.</summary>
    private Task<int> CountAsync(string userId, bool accepted)
    {
        var user = identity.Open().Users.Where(known => known.Id == userId);
        if (accepted)
        {
            var counted = user.Where(known => known.AccessFailedCount > 0 || known.LockoutEnd != null);
            return counted.ExecuteUpdateAsync(set => set
                .SetProperty(known => known.AccessFailedCount, 0)
                .SetProperty(known => known.LockoutEnd, (DateTimeOffset?)null));
        }
        DateTimeOffset? until = (clock.GetCurrentInstant() + LockoutTime).ToDateTimeOffset();
        return user.ExecuteUpdateAsync(set => set
            .SetProperty(known => known.AccessFailedCount, known => (known.AccessFailedCount + 1) % MaxFailures)
            .SetProperty(known => known.LockoutEnd, known =>
                known.AccessFailedCount + 1 >= MaxFailures ? until : known.LockoutEnd));
    }
}
