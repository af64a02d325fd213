using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thorbis.Ledger.Server.Access;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Access;

[Collection<LedgerTests>]
public sealed class LedgerIdentityTests(LedgerHost ledger)
{
    [Fact]
    public async Task The_migrations_make_the_whole_model_and_can_be_repeated()
    {
        await AccessConfiguration.MigrateIdentityAsync(ledger.Host.Services, TestContext.Current.CancellationToken);

        await using var scope = ledger.Host.Services.CreateAsyncScope();
        var identity = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        Assert.False(identity.Open().Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task The_tenant_login_reads_neither_users_nor_memberships_nor_keys()
    {
        foreach (var table in new[] { "identity.users", "platform.member", "platform.api_key", "platform.operator" })
        {
            await using var command = ledger.Database.Tenant.CreateCommand($"select 1 from {table}");
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(
                () => command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }
}
