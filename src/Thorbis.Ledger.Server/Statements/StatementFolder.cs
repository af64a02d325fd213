using Microsoft.Extensions.Options;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Notifications;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>
/// Writes statements below the operator's folder, under a name that ends in <c>.part</c> until they are whole and on
/// the disk: under its own name nobody ever sees half a file.
/// </summary>
internal sealed class StatementFolder(IOptions<StatementOptions> options, ILogger<StatementFolder> log)
{
    /// <param name="file">Below the folder, as <see cref="DestinationRules.FileOf"/> makes it.</param>
    public async Task<Outcome> WriteAsync(StatementContent content, string file, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(options.Value.FolderRoot))
        {
            return new(null, $"{StatementOptions.Section}__{nameof(StatementOptions.FolderRoot)} is not set.");
        }
        try
        {
            if (FolderOf(options.Value.FolderRoot, file) is not { } folder)
            {
                return new(null, "The folder is not there, or a link on the way leads elsewhere.");
            }
            await ReplaceAsync(content, Path.Combine(folder, Path.GetFileName(file)), stop);
            return new(null, null);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(failed, "{File} could not be written below {Root}.", file, options.Value.FolderRoot);
            return new(null, "The folder cannot be written to.");
        }
    }

    /// <summary>The folder of a file, made where it is missing, the root apart.</summary>
    /// <returns>Null where the root is missing, or a link below it would lead elsewhere.</returns>
    private static string? FolderOf(string root, string file)
    {
        if (!Directory.Exists(root))
        {
            return null;
        }
        var folder = root;
        foreach (var name in file.Split('/')[..^1])
        {
            folder = Path.Combine(folder, name);
            if (Directory.CreateDirectory(folder).LinkTarget is not null)
            {
                return null;
            }
        }
        return folder;
    }

    private static async Task ReplaceAsync(StatementContent content, string path, CancellationToken stop)
    {
        var part = $"{path}.{Guid.CreateVersion7():N}.part";
        try
        {
            await using (var output = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                await content.CopyToAsync(output, stop);
                output.Flush(flushToDisk: true);
            }
            // Replaces what has the name, and does not follow it where it is a link.
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
