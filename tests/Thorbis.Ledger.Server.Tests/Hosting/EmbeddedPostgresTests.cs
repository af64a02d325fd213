using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Hosting;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ledger-postgres-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task The_owner_is_no_superuser_and_can_create_the_extension_that_numbers_need()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(directory, Stop);

        await AskAsync(postgres.OwnerConnectionString, "create extension btree_gist");
        var superuser = await AskAsync(
            postgres.OwnerConnectionString, "select rolsuper from pg_roles where rolname = current_user");

        Assert.Equal(false, superuser);
    }

    [Fact]
    public async Task The_tenant_login_starts_without_any_rights()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(directory, Stop);
        await AskAsync(postgres.OwnerConnectionString, "create table secret as select 1 as one");

        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => AskAsync(postgres.TenantConnectionString, "select one from secret"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task Two_starts_at_once_share_one_server_which_the_last_to_leave_ends()
    {
        var started = await Task.WhenAll(
            EmbeddedPostgres.StartAsync(directory, Stop), EmbeddedPostgres.StartAsync(directory, Stop));
        using var server = Postmaster();

        await started[0].StopAsync();
        Assert.Equal(1, await AskAsync(started[1].OwnerConnectionString, "select 1"));
        await started[1].StopAsync();

        await EndedAsync(server);
        Assert.Equal(started[0].OwnerConnectionString, started[1].OwnerConnectionString);
    }

    [Fact]
    public async Task What_was_committed_survives_a_killed_server_and_a_stale_pid_file()
    {
        await using var killed = await EmbeddedPostgres.StartAsync(directory, Stop);
        await AskAsync(killed.OwnerConnectionString, "create table kept as select 42 as answer");
        using var server = Postmaster();
        server.Kill();
        await EndedAsync(server);

        await using var again = await EmbeddedPostgres.StartAsync(directory, Stop);

        Assert.Equal(42, await AskAsync(again.OwnerConnectionString, "select answer from kept"));
        Assert.Equal(killed.OwnerConnectionString, again.OwnerConnectionString);
    }

    [Fact]
    public async Task A_pid_file_that_names_another_program_does_not_keep_the_server_from_starting()
    {
        await (await EmbeddedPostgres.StartAsync(directory, Stop)).StopAsync();
        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{directory}\n0\n5432\n", Stop);

        await using var postgres = await EmbeddedPostgres.StartAsync(directory, Stop);

        Assert.Equal(1, await AskAsync(postgres.OwnerConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_database_is_kept_when_it_is_made_again_and_gone_when_it_is_dropped()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(directory, Stop);
        var made = await postgres.CreateDatabaseAsync("one_test", Stop);
        await AskAsync(made.OwnerConnectionString, "create table kept ()");

        var again = await postgres.CreateDatabaseAsync("one_test", Stop);
        Assert.Equal(0L, await AskAsync(again.OwnerConnectionString, "select count(*) from kept"));
        await postgres.DropDatabaseAsync("one_test", Stop);

        var missing = await Assert.ThrowsAsync<PostgresException>(
            () => AskAsync(made.OwnerConnectionString, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, missing.SqlState);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_passwords_are_readable_by_their_owner_only()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(directory, Stop);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory, "passwords")));
    }

    private string PidFile => Path.Combine(directory, "data", "postmaster.pid");

    private Process Postmaster() =>
        Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture));

    private static async Task EndedAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(limit.Token);
    }

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop);
    }
}
