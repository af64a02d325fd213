using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>What was ever decided of companies' configurations, and who belonged to them with which numbers. Facts
/// never change, so this node keeps what it has parsed and reads only what came since.</summary>
/// <remarks>A command locks its company before it appends (<see cref="FactTransaction.LockCompanyAsync"/>), so that one
/// company's facts are committed in the order of their sequences: nothing can come before what was seen.</remarks>
internal sealed class Configurations : IDisposable
{
    /// <summary>Of all that is kept, in characters as stored; in memory it is about three times as much.</summary>
    private const long LengthMax = 100_000_000;

    // The facts that commands made have an index of their own: Hosting/Schema/events.sql.
    private const string Sql = """
        select seq_id, stream_id, type, data::text from ledger.mt_events
        where tenant_id = $1 and causation_id is null and seq_id > $2 and type = any ($3) order by seq_id
        """;

    private static readonly Type[] Told =
        [typeof(ConfigurationFact), typeof(MemberFact), typeof(NumberClaimed), typeof(NumberConfirmed)];

    private static readonly string[] Kinds =
        [.. FactCatalogue.All.Where(fact => Told.Any(fact.Type.IsAssignableTo)).Select(fact => fact.Name)];

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = LengthMax });

    /// <param name="connection">Of any login. One that has appended to the company must not ask before it has
    /// committed: what it rolled back would be kept.</param>
    public async Task<ConfigurationHistory> ReadAsync(
        NpgsqlConnection connection, string company, CancellationToken stop) =>
        (await ReadAllAsync(connection, company, stop)).History;

    /// <inheritdoc cref="ReadAsync"/>
    public async Task<(ConfigurationHistory History, CompanyHistory Company)> ReadAllAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        var known = _known.Get<Kept>(company) ?? Kept.Nothing;
        await using var command = connection.Command(Sql, company, known.Sequence, Kinds);
        var length = known.Length;
        var more = await command.ListAsync(
            row =>
            {
                var data = row.GetString(3);
                length += data.Length;
                return (Sequence: row.GetInt64(0), Stream: row.GetString(1), Fact: (Fact)JsonSerializer.Deserialize(
                    data, FactCatalogue.TypeOf(row.GetString(2)), LedgerJson.Options)!);
            }, stop);
        if (more.Count > 0)
        {
            known = new(
                known.History.With(more.Where(told => told.Fact is ConfigurationFact).Select(told => new RecordedChange(
                    told.Sequence, told.Stream, (ConfigurationFact)told.Fact))),
                known.Company.With(more.Where(told => told.Fact is not ConfigurationFact).Select(told =>
                    new RecordedFact(told.Sequence, told.Fact))),
                more[^1].Sequence, length);
            _known.Set(company, known, new MemoryCacheEntryOptions { Size = length });
        }
        return (known.History, known.Company);
    }

    public void Dispose() => _known.Dispose();

    /// <param name="Sequence">The last that was read.</param>
    private sealed record Kept(ConfigurationHistory History, CompanyHistory Company, long Sequence, long Length)
    {
        public static readonly Kept Nothing = new(ConfigurationHistory.Empty, CompanyHistory.Empty, 0, 0);
    }
}
