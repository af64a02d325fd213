using System.Net.Http.Headers;
using System.Text.Json;

namespace Thorbis.Ledger.Simulator.Api;

/// <summary>An answer of the API.</summary>
/// <param name="Body">Null where the answer is not JSON, such as 204.</param>
public sealed record LedgerReply(string Request, int Status, JsonElement? Body)
{
    /// <summary>What came before the body; null for a reply that was made up.</summary>
    public HttpResponseHeaders? Headers { get; init; }

    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The items of a list, whether it came bare or as a page.</summary>
    public IReadOnlyList<JsonElement> Items => Body switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } page when page.TryGetProperty("items", out var items) =>
            [.. items.EnumerateArray()],
        _ => [],
    };

    /// <summary>A header of the answer; null where it has none.</summary>
    public string? Header(string name) =>
        Headers?.TryGetValues(name, out var values) == true ? string.Join(", ", values) : null;

    /// <summary>A text property of the answer; null where it is missing or not text.</summary>
    public string? Text(string property) => Body is { } body ? Text(body, property) : null;

    /// <summary>A text property of an object; null where it is missing or not text.</summary>
    public static string? Text(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>This reply, if its status is a success or one of <paramref name="alsoFine"/>.</summary>
    /// <exception cref="LedgerRefusedException">Any other status; says the problem's title and detail.</exception>
    public LedgerReply OrThrow(params ReadOnlySpan<int> alsoFine) => Succeeded || alsoFine.Contains(Status)
        ? this
        : throw new LedgerRefusedException($"{Request} answered {Status}: {Text("title")} {Text("detail")}".TrimEnd());
}
