using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>What commands ever told of companies, of some kinds of facts. Facts never change, so this node keeps what
/// it has parsed and reads only what came since.</summary>
/// <remarks>A command locks its company before it appends (<see cref="FactTransaction.LockCompanyAsync"/>), so that one
/// company's facts are committed in the order of their sequences: nothing can come before what was seen.</remarks>
/// <param name="lengthMax">Of all that is kept, in characters as stored; in memory it is about three times as
/// much.</param>
internal abstract class CommandFacts<THistory>(long lengthMax, params Type[] kinds) : IDisposable
    where THistory : class
{
    // The facts that commands made have an index of their own: Hosting/Schema/events.sql.
    private const string Sql = """
        select seq_id, stream_id, type, data::text from ledger.mt_events
        where tenant_id = $1 and causation_id is null and seq_id > $2 and type = any ($3) order by seq_id
        """;

    private readonly string[] _kinds =
    [
        .. FactCatalogue.All.Where(fact => kinds.Any(one => fact.Type.IsAssignableTo(one)))
            .Select(fact => fact.Name),
    ];

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = lengthMax });

    /// <param name="connection">Of any login. One that has appended to the company must not ask before it has
    /// committed: what it rolled back would be kept.</param>
    public async Task<THistory> ReadAsync(NpgsqlConnection connection, string company, CancellationToken stop)
    {
        var known = _known.Get<Kept>(company) ?? new(With(null, []), 0, 0);
        await using var command = connection.Command(Sql, company, known.Sequence, _kinds);
        var length = known.Length;
        var more = await command.ListAsync(
            row =>
            {
                var data = row.GetString(3);
                length += data.Length;
                return new Told(row.GetInt64(0), row.GetString(1), (Fact)JsonSerializer.Deserialize(
                    data, FactCatalogue.TypeOf(row.GetString(2)), LedgerJson.Options)!);
            }, stop);
        return more.Count == 0 ? known.History
            : Keep(company, new(With(known.History, more), more[^1].Sequence, length)).History;
    }

    public void Dispose()
    {
        _known.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <param name="known">Null for nothing.</param>
    protected abstract THistory With(THistory? known, IReadOnlyList<Told> more);

    private Kept Keep(string company, Kept kept) =>
        _known.Set(company, kept, new MemoryCacheEntryOptions { Size = kept.Length });

    protected readonly record struct Told(long Sequence, string Stream, Fact Fact);

    private sealed record Kept(THistory History, long Sequence, long Length);
}
