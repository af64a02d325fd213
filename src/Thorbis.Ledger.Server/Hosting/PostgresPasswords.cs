using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The generated passwords of a private cluster, in a file beside it that only its owner may read.</summary>
internal sealed record PostgresPasswords(string Superuser, string Owner, string Tenant)
{
    /// <summary>Reads the file, or makes it where it is missing.</summary>
    [SupportedOSPlatform("linux")]
    public static PostgresPasswords In(string file)
    {
        if (!File.Exists(file))
        {
            // Written aside first: a crash never leaves a cluster with half a file of passwords.
            var fresh = file + ".new";
            File.Delete(fresh);
            Write(fresh, string.Join('\n', Fresh(), Fresh(), Fresh()));
            File.Move(fresh, file);
        }
        return File.ReadAllLines(file) is [var superuser, var owner, var tenant, ..]
            ? new(superuser, owner, tenant)
            : throw new InvalidOperationException($"{file} is damaged: remove its directory to start empty.");
    }

    /// <summary>Writes a new file with mode 0600; one that is there already is an error.</summary>
    [SupportedOSPlatform("linux")]
    public static void Write(string file, string text)
    {
        using var writer = new StreamWriter(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        writer.Write(text);
    }

    // Hex: needs no quoting in SQL or in a connection string.
    private static string Fresh() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
