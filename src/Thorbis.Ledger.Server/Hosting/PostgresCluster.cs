using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>A private cluster and the server that runs on it. Callers hold the directory's lock.</summary>
/// <param name="data">The cluster's own directory, which belongs to <see cref="PostgresPrograms.User"/>.</param>
internal sealed class PostgresCluster(string data, PostgresPasswords passwords)
{
    private const string PortSetting = "port = ";
    private const int StartAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>A server found in the middle of crash recovery answers only after it.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(3);

    private string PidFile => Path.Combine(data, "postmaster.pid");

    private string ConfigurationFile => Path.Combine(data, "postgresql.conf");

    private string LogFile => Path.Combine(data, "server.log");

    /// <summary>Makes the cluster where it is missing, starts it unless it runs, and waits until it answers.</summary>
    /// <returns>Connection string of the superuser, database <c>postgres</c>.</returns>
    [SupportedOSPlatform("linux")]
    public async Task<string> StartAsync(CancellationToken stop)
    {
        if (!Directory.Exists(data))
        {
            await CreateAsync();
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AnswerLimit);
        while (true)
        {
            if (RunningPort() is not { } port)
            {
                await StartServerAsync(limit.Token);
            }
            else if (await AnswersAsync(port, limit.Token))
            {
                return Superuser(port);
            }
            else
            {
                await Task.Delay(Pause, limit.Token);
            }
        }
    }

    /// <summary>Ends the server, if it runs: rolls open transactions back and syncs its files.</summary>
    public async Task StopAsync()
    {
        if (RunningPort() is not null)
        {
            var programs = await PostgresPrograms.FindAsync(Major());
            await programs.RunAsync("pg_ctl",
                ["stop", "--pgdata", data, "--mode", "fast", "--wait", "--timeout", "120"]);
        }
    }

    [SupportedOSPlatform("linux")]
    private async Task CreateAsync()
    {
        var programs = await PostgresPrograms.FindAsync(major: null);
        // Made aside and renamed when whole: a crash half way leaves nothing that looks like a cluster.
        var fresh = data + ".new";
        var passwordFile = data + ".password";
        if (Directory.Exists(fresh))
        {
            Directory.Delete(fresh, recursive: true);
        }
        Directory.CreateDirectory(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(passwordFile);
        PostgresPasswords.Write(passwordFile, passwords.Superuser);
        await PostgresPrograms.HandOverAsync(fresh);
        await PostgresPrograms.HandOverAsync(passwordFile);
        await programs.RunAsync("initdb",
        [
            "--pgdata", fresh, "--username", "postgres", "--pwfile", passwordFile,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
        ]);
        File.Delete(passwordFile);
        Directory.Move(fresh, data);
    }

    private async Task StartServerAsync(CancellationToken stop)
    {
        var programs = await PostgresPrograms.FindAsync(Major());
        for (var attempt = 1; ; attempt++)
        {
            // It names no server of ours any more; Postgres itself would refuse over a reused id or a zombie.
            File.Delete(PidFile);
            await File.WriteAllTextAsync(ConfigurationFile, Settings(Port()), stop);
            try
            {
                // pg_ctl gives the server a session of its own, so that Ctrl-C reaches us alone.
                await programs.RunAsync("pg_ctl",
                    ["start", "--pgdata", data, "--log", LogFile, "--wait", "--timeout", "120"]);
                return;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts && RunningPort() is null)
            {
                // The port was taken meanwhile, or children of a killed server still hold its memory.
                await Task.Delay(Pause, stop);
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"PostgreSQL does not start: {e.Message}\n{LastLines()}", e);
            }
        }
    }

    /// <summary>Null: no server runs here. 0: one is starting and has not chosen its port yet.</summary>
    private int? RunningPort()
    {
        string[] lines = File.Exists(PidFile) ? File.ReadAllLines(PidFile) : [];
        if (lines.Length == 0 || !IsServer(lines[0]))
        {
            return null;
        }
        return lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 0;
    }

    // The command line of a zombie is empty.
    private static bool IsServer(string process)
    {
        var commandLine = $"/proc/{process.Trim()}/cmdline";
        return File.Exists(commandLine)
            && Path.GetFileName(File.ReadAllText(commandLine).Split('\0')[0]) == "postgres";
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken stop)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Superuser(port));
            await connection.OpenAsync(stop);
            await PreferLz4Async(connection, stop);
            return true;
        }
        catch (NpgsqlException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Event ids are random: in a large ledger nearly every webhook writes an image of another index page to the
    /// log, and the compressor that every Postgres has took a third of the time of a burst. Not every build has LZ4.
    /// </summary>
    private static async Task PreferLz4Async(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var known = connection.Command("""
            select 1 from pg_settings
            where name = 'wal_compression' and setting <> 'lz4' and 'lz4' = any (enumvals)
            """);
        if (await known.ExecuteScalarAsync(stop) is not null)
        {
            await using var prefer = connection.Command("alter system set wal_compression = 'lz4'");
            await prefer.ExecuteNonQueryAsync(stop);
            await using var reload = connection.Command("select pg_reload_conf()");
            await reload.ExecuteNonQueryAsync(stop);
        }
    }

    private string Superuser(int port) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Password = passwords.Superuser,
        Database = "postgres",
        Timeout = 5,
        Pooling = false,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    private int Major() =>
        int.Parse(File.ReadAllText(Path.Combine(data, "PG_VERSION")), CultureInfo.InvariantCulture);

    private string LastLines() =>
        File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(10)) : "";

    /// <summary>The last one, so that clients of a killed server find the next; a free one where it is taken.</summary>
    private int Port()
    {
        var last = File.ReadLines(ConfigurationFile)
            .FirstOrDefault(line => line.StartsWith(PortSetting, StringComparison.Ordinal));
        return (last is null ? null : Listen(int.Parse(last[PortSetting.Length..], CultureInfo.InvariantCulture)))
            ?? Listen(0) ?? throw new InvalidOperationException("No port of the loopback interface is free.");
    }

    private static int? Listen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>An eighth of the machine's memory, which is taken only as far as the ledger is large.</summary>
    private static long BufferMegabytes =>
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / 1024 / 1024, 128, 2048);

    // Durable as in production; sizes for a machine that has other work too.
    private static string Settings(int port) => $"""
        listen_addresses = '127.0.0.1'
        {PortSetting}{port}
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        max_connections = 100
        shared_buffers = {BufferMegabytes}MB
        fsync = on
        wal_compression = on
        max_wal_size = 2GB
        checkpoint_timeout = 15min
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'

        """;
}
