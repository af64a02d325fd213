using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>What was ever decided of companies' configurations. Facts never change, so this node keeps what it has
/// parsed and reads only what came since.</summary>
/// <remarks>A command locks its company before it appends (<see cref="FactTransaction.LockCompanyAsync"/>), so that one
/// company's facts are committed in the order of their sequences: nothing can come before what was seen.</remarks>
internal sealed class Configurations : IDisposable
{
    /// <summary>Of all that is kept, in facts: some hundred megabytes at most.</summary>
    private const int FactsMax = 100_000;

    // The facts that commands made have an index of their own: Hosting/Schema/events.sql.
    private const string Sql = """
        select seq_id, stream_id, type, data::text from ledger.mt_events
        where tenant_id = $1 and causation_id is null and seq_id > $2 and type = any ($3) order by seq_id
        """;

    private static readonly string[] Kinds =
    [
        .. FactCatalogue.All.Where(fact => fact.Type.IsAssignableTo(typeof(ConfigurationFact)))
            .Select(fact => fact.Name),
    ];

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = FactsMax });

    /// <param name="connection">Of any login. One that has appended to the company must not ask before it has
    /// committed: what it rolled back would be kept.</param>
    public async Task<ConfigurationHistory> ReadAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        var known = _known.Get<ConfigurationHistory>(company) ?? ConfigurationHistory.Empty;
        await using var command = connection.Command(
            Sql, company, known.Changes is [.., var last] ? last.Sequence : 0L, Kinds);
        var more = await command.ListAsync(
            row => new RecordedChange(row.GetInt64(0), row.GetString(1), Parse(row)), stop);
        return more.Count == 0 ? known : Keep(company, known.With(more));
    }

    public void Dispose() => _known.Dispose();

    private static ConfigurationFact Parse(NpgsqlDataReader row) => (ConfigurationFact)JsonSerializer.Deserialize(
        row.GetString(3), FactCatalogue.TypeOf(row.GetString(2)), LedgerJson.Options)!;

    private ConfigurationHistory Keep(string company, ConfigurationHistory history) =>
        _known.Set(company, history, new MemoryCacheEntryOptions { Size = history.Changes.Count });
}
