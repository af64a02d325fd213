using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>One row of a read model before and after a batch of facts.</summary>
internal sealed record Folded<TState>(string Company, string Id, TState State, TState? Before);

/// <summary>A flat table with one row per stream, folded from the stream's facts; keeps its folded state beside the
/// view.</summary>
/// <param name="prefix">Of the stream keys, such as <c>call/</c>.</param>
internal abstract class ViewTable<TState, TFact>(string prefix, string table, string idColumn)
    where TState : class
    where TFact : Fact
{
    protected abstract TState Evolve(TState? state, TFact fact);

    protected abstract Contribution? ContributionOf(string id, TState state);

    protected abstract void QueueUpsert(IDocumentOperations operations, IReadOnlyList<Folded<TState>> rows);

    /// <summary>Folds the batch's facts, queues the changed rows, and adds new minus old contributions to the
    /// sums.</summary>
    public async Task ApplyAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations operations, UsageSums sums, NpgsqlDataSource database,
            CancellationToken stop)
    {
        var streams = Group(events);
        if (streams.Count == 0)
        {
            return;
        }
        var before = await LoadAsync(streams.Keys, database, stop);
        var folded = new List<Folded<TState>>(streams.Count);
        foreach (var ((company, id), facts) in streams)
        {
            var old = before.GetValueOrDefault((company, id));
            var state = facts.Exists(e => ((Fact)e.Data).Revision > 0)
                ? await RefoldAsync(company, id, events[^1].Sequence, operations, stop)
                : facts.Aggregate(old, (s, e) => Evolve(s, (TFact)e.Data));
            folded.Add(new(company, id, state!, old));
            sums.Add(company, ContributionOf(id, state!), sign: 1);
            sums.Add(company, old is null ? null : ContributionOf(id, old), sign: -1);
        }
        QueueUpsert(
            operations,
            [.. folded.OrderBy(r => r.Company, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal)]);
    }

    private Dictionary<(string Company, string Id), List<IEvent>> Group(IReadOnlyList<IEvent> events)
    {
        var streams = new Dictionary<(string, string), List<IEvent>>();
        foreach (var e in events)
        {
            if (e.Data is not TFact || e.StreamKey is null || !e.StreamKey.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }
            var key = (e.TenantId, e.StreamKey[prefix.Length..]);
            if (!streams.TryGetValue(key, out var facts))
            {
                streams[key] = facts = [];
            }
            facts.Add(e);
        }
        return streams;
    }

    private async Task<Dictionary<(string, string), TState>> LoadAsync(
        IReadOnlyCollection<(string Company, string Id)> keys, NpgsqlDataSource database, CancellationToken stop)
    {
        await using var command = database.CreateCommand($"""
            select t.tenant_id, t.{idColumn}, t.state
            from unnest($1::text[], $2::text[]) as k(tenant_id, id)
            join {table} t on t.tenant_id = k.tenant_id and t.{idColumn} = k.id
            """);
        command.Parameters.Add(new() { Value = keys.Select(k => k.Company).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(k => k.Id).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var states = new Dictionary<(string, string), TState>();
        while (await reader.ReadAsync(stop))
        {
            states[(reader.GetString(0), reader.GetString(1))] =
                JsonSerializer.Deserialize<TState>(reader.GetString(2), LedgerJson.Options)!;
        }
        return states;
    }

    /// <summary>From the whole stream up to a sequence: a revised fact replaces what was read of its webhook
    /// before.</summary>
    private async Task<TState?> RefoldAsync(
        string company, string id, long sequence, IDocumentOperations operations, CancellationToken stop)
    {
        var stream = await operations.ForTenant(company).Events.FetchStreamAsync(prefix + id, token: stop);
        var facts = stream.Where(e => e.Sequence <= sequence && e.Data is TFact).Select(StreamFact.Of);
        return StreamReading.Latest(facts).Aggregate((TState?)null, (state, e) => Evolve(state, (TFact)e.Fact));
    }
}
