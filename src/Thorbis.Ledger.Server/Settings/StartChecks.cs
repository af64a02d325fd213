using Microsoft.AspNetCore.Identity;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Settings;

/// <summary>Before all else starts: keys from the settings are known, and the database fits the environment.</summary>
public sealed class StartChecks(
    LedgerDatabase database, LedgerSettings settings, IHostEnvironment environment, IServiceScopeFactory scopes,
    IClock clock, ILogger<StartChecks> log) : IHostedLifecycleService
{
    /// <summary>The account that keys of <c>TELNYX_PUBLIC_KEY</c> belong to.</summary>
    public const string DefaultAccount = "default";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var notice in settings.Notices)
        {
            log.LogWarning("{Notice}", notice);
        }
        foreach (var key in settings.PublicKeys)
        {
            await AddKeyAsync(DefaultAccount, "Keys of TELNYX_PUBLIC_KEY", key, cancellationToken);
        }
        if (environment.IsDevelopment())
        {
            await AddKeyAsync(Development.AccountId, "Development", Development.PublicKey, cancellationToken);
            await AddOperatorAsync(cancellationToken);
            return;
        }
        await RefuseDevelopmentAsync(cancellationToken);
        await RequireKeyAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A key that is known stays as it is, retired ones too.</summary>
    private async Task AddKeyAsync(string account, string name, byte[] key, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var accounts = connection.Command("""
            insert into platform.telnyx_account (account_id, name, added_at) values ($1, $2, $3)
            on conflict do nothing
            """, account, name, clock.GetCurrentInstant());
        await accounts.ExecuteNonQueryAsync(stop);
        await using var keys = connection.Command("""
            insert into platform.telnyx_key (key_id, account_id, public_key, added_at) values ($1, $2, $3, $4)
            on conflict (public_key) do nothing
            """, Guid.CreateVersion7(), account, key, clock.GetCurrentInstant());
        await keys.ExecuteNonQueryAsync(stop);
    }

    private async Task AddOperatorAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LedgerUser>>();
        var user = await users.FindByEmailAsync(Development.OperatorEmail);
        if (user is null)
        {
            user = new() { UserName = Development.OperatorEmail, Email = Development.OperatorEmail };
            await users.CreateAsync(user, Development.OperatorPassword);
        }
        await using var command = database.Owner.Command(
            "insert into platform.operator (user_id, added_at) values ($1, $2) on conflict do nothing",
            user.Id, clock.GetCurrentInstant());
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Everybody knows the development key and password: a database that trusts them stays there.</summary>
    private async Task RefuseDevelopmentAsync(CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "select 1 from platform.telnyx_key where public_key = $1", Development.PublicKey);
        if (await command.ExecuteScalarAsync(stop) is not null)
        {
            throw new SettingException(
                "ASPNETCORE_ENVIRONMENT is not Development, but this database was made there and trusts its key.");
        }
    }

    private async Task RequireKeyAsync(CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "select 1 from platform.telnyx_key where retired_at is null limit 1");
        if (await command.ExecuteScalarAsync(stop) is null)
        {
            throw new SettingException(
                $"{LedgerSettings.TelnyxPublicKey.Name} is missing: without a key no webhook can be verified.");
        }
    }
}
