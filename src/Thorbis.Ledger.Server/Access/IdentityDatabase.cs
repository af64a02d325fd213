using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Opens schema <c>identity</c> for a request that needs it.</summary>
/// <remarks>Registered in the place of the context itself: Entity Framework waits for the first sign-in (decision 26).
/// Whatever names it is internal, since all public types are looked through at start.</remarks>
internal sealed class IdentityDatabase(LedgerDatabase database, ILoggerFactory logs) : IDisposable
{
    private LedgerIdentity? _opened;

    /// <returns>The same for the whole request.</returns>
    public LedgerIdentity Open() => _opened ??= new(new DbContextOptionsBuilder<LedgerIdentity>()
        .UseNpgsql(database.Owner, npgsql => npgsql.MigrationsHistoryTable("migrations", LedgerIdentity.Schema))
        .UseLoggerFactory(logs)
        // A failed command throws; EF's own search for its history on an empty database would look like a fault.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.CommandError))
        .Options);

    public IUserStore<LedgerUser> Users(IdentityErrorDescriber errors) =>
        new UserOnlyStore<LedgerUser, LedgerIdentity>(Open(), errors);

    public void Dispose() => _opened?.Dispose();
}
