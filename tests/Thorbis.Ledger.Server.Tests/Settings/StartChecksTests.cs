using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Testing;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Settings;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Settings;

[Collection<LedgerTests>]
public sealed class StartChecksTests(LedgerHost ledger)
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outside_Development_a_missing_key_stops_the_start_and_is_named()
    {
        await using var empty = await EmptyAccounts.CreateAsync(Stop);

        var refused = await Assert.ThrowsAsync<SettingException>(() => Checks(empty.Database).StartingAsync(Stop));

        Assert.StartsWith("TELNYX_PUBLIC_KEY is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_the_settings_are_known_once_and_a_retired_one_stays_retired()
    {
        await using var empty = await EmptyAccounts.CreateAsync(Stop);
        await Checks(empty.Database, Key).StartingAsync(Stop);
        await using var retire = empty.Database.Owner.Command("update platform.telnyx_key set retired_at = now()");
        await retire.ExecuteNonQueryAsync(Stop);

        await Assert.ThrowsAsync<SettingException>(() => Checks(empty.Database, Key).StartingAsync(Stop));

        await using var read = empty.Database.Owner.Command("select account_id, public_key from platform.telnyx_key");
        var keys = await read.ListAsync(row => (row.GetString(0), Convert.ToHexString((byte[])row[1])), Stop);
        Assert.Equal(("default", Convert.ToHexString(Key)), Assert.Single(keys));
    }

    [Fact]
    public async Task A_database_made_in_Development_does_not_serve_outside()
    {
        var refused = await Assert.ThrowsAsync<SettingException>(
            () => Checks(ledger.Database).StartingAsync(Stop));

        Assert.StartsWith("ASPNETCORE_ENVIRONMENT", refused.Message, StringComparison.Ordinal);
    }

    private StartChecks Checks(LedgerDatabase database, params byte[][] keys) => new(
        database, new(keys, null, null, null, 30, []),
        new HostingEnvironment { EnvironmentName = Environments.Production },
        ledger.Host.Services.GetRequiredService<IServiceScopeFactory>(),
        new FakeClock(Instant.FromUtc(2026, 3, 1, 12, 0)), NullLogger<StartChecks>.Instance);
}
