using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The programs of one installed PostgreSQL, run as a user whom PostgreSQL accepts.</summary>
internal sealed partial record PostgresPrograms(string Folder, int Major)
{
    private const int OldestMajor = 15;
    private const int NewestMajor = 18;
    private static readonly string[] Required = ["postgres", "initdb", "pg_ctl"];

    /// <summary>Longer than any step takes, crash recovery included; what hangs longer is ended.</summary>
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(5);

    /// <summary>Owner of root's clusters, as PostgreSQL refuses root; null: this process' own user.</summary>
    public static string? User { get; } = !Environment.IsPrivilegedProcess ? null
        : File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres"
        : "nobody";

    /// <summary>The newest PostgreSQL of PATH and of Debian's folders.</summary>
    /// <param name="major">The version that made an existing cluster; null takes the newest.</param>
    /// <exception cref="InvalidOperationException">None is installed; the message says what to install.</exception>
    public static async Task<PostgresPrograms> FindAsync(int? major)
    {
        var found = new List<PostgresPrograms>();
        foreach (var folder in Folders().Where(folder => Required.All(name => File.Exists(Path.Combine(folder, name)))))
        {
            var version = await RunAsync(Path.Combine(folder, "postgres"), "--version");
            found.Add(new(folder, int.Parse(Number().Match(version).Value, CultureInfo.InvariantCulture)));
        }
        return found.Where(programs => major is null or 0 || programs.Major == major)
            .Where(programs => programs.Major is >= OldestMajor and <= NewestMajor)
            .MaxBy(programs => programs.Major)
            ?? throw new InvalidOperationException(
                $"PostgreSQL {(major is null ? $"{OldestMajor} to {NewestMajor}" : major)} is not installed: run "
                + "'apt-get install postgresql', or set ConnectionStrings:Ledger to a server that is there.");
    }

    /// <summary>Runs one of the programs and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var path = Path.Combine(Folder, program);
        return User is null
            ? RunAsync(path, [.. arguments])
            : RunAsync("runuser", ["-u", User, "--", path, .. arguments]);
    }

    /// <summary>Gives a file or directory to the user whom the programs run as.</summary>
    public static Task HandOverAsync(string path) =>
        User is null ? Task.CompletedTask : RunAsync("chown", "--no-dereference", User, path);

    /// <summary>Root writes nothing into a directory that another user made under the name root would use.</summary>
    public static async Task CheckOwnAsync(string directory)
    {
        if (User is not null && (await RunAsync("stat", "--format", "%u", directory)).Trim() != "0")
        {
            throw new InvalidOperationException($"{directory} belongs to another user: remove it.");
        }
    }

    private static IEnumerable<string> Folders()
    {
        const string debian = "/usr/lib/postgresql";
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var installed = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return [.. path.Split(':', StringSplitOptions.RemoveEmptyEntries), .. installed.Select(one => one + "/bin")];
    }

    private static async Task<string> RunAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = "/", // The other user may not enter ours.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };
        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(RunLimit);
        await using var ending = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var printed = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0
            ? printed[0]
            : throw new InvalidOperationException(
                $"{string.Join(' ', [Path.GetFileName(file), .. arguments])}: {string.Concat(printed).Trim()}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{start.FileName} cannot be run: {e.Message}.", e);
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
