using System.Text.Json.Serialization;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Numbers;

/// <summary>A holding of a number by one company.</summary>
/// <param name="From">First instant of the holding, inclusive.</param>
/// <param name="Until">First instant after it; null while it lasts.</param>
/// <param name="ConfirmedAt">Null for a claim, which attributes nothing.</param>
public sealed record NumberView(
    Guid OwnershipId, string Number, Instant From, Instant? Until, Instant RegisteredAt, string RegisteredBy,
    Instant? ConfirmedAt)
{
    /// <summary>What <see cref="Read"/> reads, of <c>platform.number_ownership</c>.</summary>
    internal const string Columns =
        "ownership_id, number, lower(held), upper(held), registered_at, registered_by, confirmed_at";

    [JsonIgnore]
    internal NumberHolding Holding => new(Number, From, Until);

    internal static NumberView Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<Instant>(2), row.Value<Instant>(3),
        row.GetFieldValue<Instant>(4), row.GetString(5), row.Value<Instant>(6));
}
