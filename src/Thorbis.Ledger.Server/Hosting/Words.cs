using System.Text.Json;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Enums as the API, the read models and the exports spell them: <c>self_served</c>.</summary>
public static class Words
{
    public static string Of<TWord>(TWord word) where TWord : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());

    /// <summary>Every word of the enum, in its order.</summary>
    public static IReadOnlyList<string> All<TWord>() where TWord : struct, Enum =>
        [.. Enum.GetValues<TWord>().Select(Of)];
}
