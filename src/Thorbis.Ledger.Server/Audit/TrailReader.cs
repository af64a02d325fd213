using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>Reads the trail page by page. A page costs its own facts, and those of the streams that these are of: each
/// stream is gone through once.</summary>
internal sealed class TrailReader(Configurations configurations, ActorNames actors)
{
    private const string StreamsSql = $"""
        select {TrailFact.Columns} from ledger.mt_events
        where tenant_id = $1 and stream_id = any($2) and causation_id is null and type = any($3) and seq_id <= $4
        order by seq_id
        """;

    /// <summary>The newest first.</summary>
    public static string Sql(Selection selection, int rows) => $"""
        select {TrailFact.Columns} from ledger.mt_events
        where {selection.Sql} order by seq_id desc limit {selection.Parameter(rows)}
        """;

    /// <param name="selection">With <see cref="TrailFilter"/> applied, for this page alone.</param>
    /// <param name="before">Only places of the ledger before this one.</param>
    /// <param name="rows">At most so many.</param>
    public async Task<List<TrailEntry>> ReadAsync(
        NpgsqlConnection connection, string company, Selection selection, long before, int rows,
        CancellationToken stop)
    {
        selection.Where("seq_id < ?", before);
        await using var command = selection.Command(connection, Sql(selection, rows));
        var facts = await command.ListAsync(TrailFact.Read, stop);
        if (facts.Count == 0)
        {
            return [];
        }
        var history = await configurations.ReadAsync(connection, company, stop);
        var others = await OthersAsync(
            connection, company, [.. facts.Where(fact => history.Of(fact.Stream).Count == 0)], stop);
        var page = new TrailPage(facts, history, others);
        // Members whom rules and teams name are known only once their changes are told.
        var named = page.Told(new Dictionary<string, string>());
        var names = await actors.FindAsync(company, page.Actors, stop);
        return names.Count == 0 ? named : page.Told(names);
    }

    /// <summary>All facts, up to the last wanted, of the streams outside of the configuration.</summary>
    private static async Task<ILookup<string, TrailFact>> OthersAsync(
        NpgsqlConnection connection, string company, IReadOnlyList<TrailFact> wanted, CancellationToken stop)
    {
        string[] streams = [.. wanted.Select(fact => fact.Stream).Distinct()];
        await using var command = connection.Command(
            StreamsSql, company, streams, TrailKinds.All, wanted.Count == 0 ? 0L : wanted.Max(fact => fact.Sequence));
        var facts = streams.Length == 0 ? [] : await command.ListAsync(TrailFact.Read, stop);
        return facts.ToLookup(fact => fact.Stream);
    }
}
