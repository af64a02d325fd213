using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>How folded states stand in the read models: camel case, words for enums, ISO instants.</summary>
public static class StateJson
{
    public static readonly JsonSerializerOptions Options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    }.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    /// <exception cref="JsonException">The column does not hold such a state: a bug, or a read model to rebuild.</exception>
    public static TState Read<TState>(string json) =>
        JsonSerializer.Deserialize<TState>(json, Options) ?? throw new JsonException("The state is null.");
}
