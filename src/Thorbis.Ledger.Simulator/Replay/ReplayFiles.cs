using System.IO.Enumeration;

namespace Thorbis.Ledger.Simulator.Replay;

/// <summary>The files under a path.</summary>
internal static class ReplayFiles
{
    /// <summary>Every file under the directory, whatever its name, in order; or the one file itself.</summary>
    /// <remarks>Links to files are followed, links to directories are not: they may lead in circles.</remarks>
    /// <exception cref="UsageException">There is nothing at that path.</exception>
    public static IReadOnlyList<string> Under(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }
        if (!Directory.Exists(path))
        {
            throw new UsageException($"There is neither a file nor a directory at {path}.");
        }
        var files = new FileSystemEnumerable<string>(
            path, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return [.. files.Order(StringComparer.Ordinal)];
    }
}
