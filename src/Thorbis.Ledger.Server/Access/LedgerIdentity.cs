using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Somebody who can sign in. What he may do is said by his memberships, not here.</summary>
public sealed class LedgerUser : IdentityUser;

/// <summary>One key of the ring that seals cookies; all nodes share it, as a cookie may come to any.</summary>
public sealed class CookieKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}

/// <summary>Schema <c>identity</c>: users and the keys of their cookies. The tenant login has no right to it.</summary>
internal sealed class LedgerIdentity(DbContextOptions<LedgerIdentity> options)
    : IdentityUserContext<LedgerUser>(options)
{
    public const string Schema = "identity";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.Entity<LedgerUser>().ToTable("users");
        builder.Entity<IdentityUserClaim<string>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<string>>().ToTable("user_tokens");
        builder.Entity<CookieKey>().ToTable("cookie_keys").HasKey(key => key.Name);
    }
}
