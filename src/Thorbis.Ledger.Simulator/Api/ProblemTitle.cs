using System.Text.Json;

namespace Thorbis.Ledger.Simulator.Api;

/// <summary>What a problem document says, in one line.</summary>
internal static class ProblemTitle
{
    /// <summary>Its title, else the answer's own words without line breaks, else "no reason".</summary>
    public static string Of(string? answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return "no reason";
        }
        try
        {
            using var problem = JsonDocument.Parse(answer);
            return LedgerReply.Text(problem.RootElement, "title") ?? OneLine(answer);
        }
        catch (JsonException)
        {
            return OneLine(answer);
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, 40));
}
