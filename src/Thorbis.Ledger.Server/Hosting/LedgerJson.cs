using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>
/// How facts, states and answers are written: camel case, enums as words, ISO 8601 instants, no nulls.
/// </summary>
public static class LedgerJson
{
    public static readonly JsonSerializerOptions Options = Configure(new());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Postgres keeps JSON in an order of its own, and people write theirs: a kind need not come first.
        options.AllowOutOfOrderMetadataProperties = true;
        // Marten brings one of its own, which would come first and write facts in Pascal case.
        foreach (var other in options.Converters.OfType<JsonStringEnumConverter>().ToList())
        {
            options.Converters.Remove(other);
        }
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
    }
}
