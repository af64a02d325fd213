using System.Security.Cryptography;
using NodaTime;
using Spectre.Console;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Simulator.Replay;

/// <summary>Signs and posts files as they are, and tells what the ledger made of them.</summary>
internal sealed class ReplayCommand(Uri url, int connections, IClock clock)
{
    private const int FileBytesMax = 64 * 1024 * 1024;
    private static readonly TimeSpan PostPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookupPatience = TimeSpan.FromSeconds(30);

    /// <returns>0; 1 when a file met a 5xx, could not be read or was lost.</returns>
    public async Task<int> RunAsync(string path, CancellationToken stop)
    {
        var paths = ReplayFiles.Under(path);
        using var session = await LedgerSession.SignInAsync(
            url, DevelopmentOperator.Email, DevelopmentOperator.Password, null, stop);
        var posted = await PostAsync(path, paths, stop);
        var files = await new JournalLookup(session, LookupPatience).AskAsync(posted, stop);
        ReplayTable.Write(files, AnsiConsole.Console, Console.Out);
        return files.Any(file => file.Lost || file.Status >= 500) ? 1 : 0;
    }

    private async Task<IReadOnlyList<ReplayedFile>> PostAsync(
        string root, IReadOnlyList<string> paths, CancellationToken stop)
    {
        using var signer = WebhookSigner.Development();
        using var client = new WebhookClient(new Uri(url, "/webhooks/telnyx"), signer, clock, connections);
        var carrier = new Carrier(client, PostPatience);
        var files = new ReplayedFile[paths.Count];
        await Parallel.ForAsync(
            0, paths.Count,
            new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = stop },
            async (i, token) => files[i] = await PostAsync(Name(root, paths[i]), paths[i], carrier, token));
        return files;
    }

    private static async Task<ReplayedFile> PostAsync(
        string name, string path, Carrier carrier, CancellationToken stop)
    {
        try
        {
            if (new FileInfo(path).Length > FileBytesMax)
            {
                return new(name, null, 0, $"not sent, over {FileBytesMax} bytes", null);
            }
            var body = await File.ReadAllBytesAsync(path, stop);
            var answer = await carrier.DeliverAsync(body, stop);
            return new(name, Convert.ToHexStringLower(SHA256.HashData(body)), answer.Status,
                answer.Accepted ? null : ProblemTitle.Of(answer.Detail), null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(name, null, 0, $"not sent, {failure.Message}", null);
        }
    }

    private static string Name(string root, string path) =>
        path == root ? Path.GetFileName(path) : Path.GetRelativePath(root, path);
}
