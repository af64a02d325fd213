using System.Text.Json.Serialization;
using NodaTime;

namespace Thorbis.Ledger.Domain;

/// <summary>Something that happened, as the carrier told it. Stored names and fields are permanent.</summary>
/// <param name="OccurredAt">The carrier's instant, to the microsecond.</param>
public abstract record Fact(Instant OccurredAt)
{
    /// <summary>
    /// 0 for the first reading of a webhook; higher when a mended interpreter read the same bytes differently.
    /// Views take the highest revision of a fact and forget the others.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Revision { get; init; }
}
