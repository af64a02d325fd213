using System.Text.Json;
using Thorbis.Ledger.Domain.Usage;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>The columns of <c>ledger.usage_bucket</c> are the figures in snake case.</summary>
internal static class FigureColumns
{
    private static readonly string[] Names =
        [.. Enum.GetNames<Figure>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    public static string NameOf(Figure figure) => Names[(int)figure];

    public static IReadOnlyList<string> All => Names;
}
