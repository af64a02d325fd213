using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Thorbis.Ledger.Domain.Tests;

/// <summary>States are stored as JSON, and compared here by that text.</summary>
internal static class LedgerJson
{
    private static readonly JsonSerializerOptions Options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    }.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static object Reload(object value, Type type) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type, Options), type, Options)!;

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    public static T Reload<T>(T value) => Read<T>(Write(value));
}
