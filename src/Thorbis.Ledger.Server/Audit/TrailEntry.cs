using System.Text.Json;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Trail;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>One change on record.</summary>
/// <param name="Sequence">Its place in the ledger.</param>
/// <param name="Stream">The thing that was changed.</param>
/// <param name="Thing">The same in words, by the last name it had.</param>
/// <param name="Fact">Stored name of the fact, as in docs/events.md.</param>
/// <param name="Kind">The family it belongs to, such as <c>schedules</c>.</param>
/// <param name="Version">Of the thing: how many facts its stream had with this one.</param>
/// <param name="EffectiveAt">From when on it holds; left out where that is at once.</param>
/// <param name="By">Left out for what the ledger did by itself.</param>
/// <param name="Address">The IP address it was done from; left out when not known.</param>
/// <param name="ChangeSet">The change set it was published with.</param>
/// <param name="Changes">Field by field, at most 200. Of the configuration what was in force at
/// <paramref name="EffectiveAt"/> without the change and with it, as known when it was recorded: empty for one that
/// found nothing to change by then.</param>
/// <param name="MoreChanges">How many there are beyond those; left out for none.</param>
public sealed record TrailEntry(
    long Sequence, string Stream, string Thing, string Fact, string Kind, long Version, Instant RecordedAt,
    Instant? EffectiveAt, ActorView? By, string? Reason, string? Address, Guid? ChangeSet,
    IReadOnlyList<FieldChange> Changes, int? MoreChanges)
{
    public const int ChangesMax = 200;
}

/// <summary>A fact of the trail as it is stored.</summary>
/// <param name="Data">As JSON.</param>
internal sealed record TrailFact(long Sequence, string Stream, long Version, string Name, JsonElement Data)
{
    public const string Columns = "seq_id, stream_id, version, type, data::text";

    public static TrailFact Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3),
        JsonElement.Parse(row.GetString(4)));

    public string? By => Text("by");

    /// <summary>What follows the kind of thing in its stream.</summary>
    public string Id => Stream[(Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public Fact Parse() => (Fact)Data.Deserialize(FactCatalogue.TypeOf(Name), LedgerJson.Options)!;

    /// <summary>A field of its own, or of its terms.</summary>
    public string? Text(string field) =>
        Data.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()
        : Data.TryGetProperty("terms", out var terms) && terms.TryGetProperty(field, out var of)
            && of.ValueKind == JsonValueKind.String ? of.GetString()
        : null;

    public Instant? Time(string field) =>
        Text(field) is { } text ? AskedTime.ParseInstant(text) : null;
}
