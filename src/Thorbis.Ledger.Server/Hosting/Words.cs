using System.Text.Json;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Enums as the API, the read models and the exports spell them: <c>self_served</c>.</summary>
public static class Words
{
    public static string Of<TWord>(TWord word) where TWord : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());

    /// <summary>Every word of the enum, in its order.</summary>
    public static IList<string> All<TWord>() where TWord : struct, Enum =>
        Enum.GetValues<TWord>().Select(Of).ToArray();

    /// <summary>Reads a word; nothing asked is <paramref name="otherwise"/>.</summary>
    public static bool TryParse<TWord>(string? text, TWord otherwise, out TWord word) where TWord : struct, Enum
    {
        word = otherwise;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }
        var found = All<TWord>().IndexOf(text);
        word = found < 0 ? otherwise : Enum.GetValues<TWord>()[found];
        return found >= 0;
    }
}
