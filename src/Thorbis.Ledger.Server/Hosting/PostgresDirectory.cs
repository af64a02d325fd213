using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Where a private cluster lives, and whose turn it is there.</summary>
internal static class PostgresDirectory
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(5);

    /// <summary>Makes the directory, if it is missing, and sees to who may enter it.</summary>
    [SupportedOSPlatform("linux")]
    public static async Task PrepareAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        await PostgresPrograms.CheckOwnAsync(directory);
        // As root, the unprivileged user passes through to the cluster, but sees nothing of what lies beside it.
        var pass = PostgresPrograms.User is null
            ? UnixFileMode.None : UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(
            directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | pass);
    }

    /// <summary>No unprivileged user may enter where root keeps checkouts, so its clusters live elsewhere.</summary>
    public static string OfCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Thorbis.Ledger.sln")))
        {
            folder = folder.Parent;
        }
        var checkout = folder?.FullName ?? Directory.GetCurrentDirectory();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkout)))[..12];
        return PostgresPrograms.User is null
            ? Path.Combine(checkout, ".local", "postgres") : $"/var/tmp/thorbis-ledger-{hash}";
    }

    /// <summary>One process at a time starts or ends the cluster. A killed holder lets go.</summary>
    public static async Task<FileStream> LockAsync(string directory, CancellationToken stop)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryLock(Path.Combine(directory, "lock")) is { } held)
            {
                return held;
            }
            if (waited.Elapsed > LockLimit)
            {
                throw new InvalidOperationException($"Another process holds the lock of {directory} for too long.");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
        }
    }

    /// <summary>Null: another holder has it.</summary>
    public static FileStream? TryLock(string file)
    {
        try
        {
            return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }
}
