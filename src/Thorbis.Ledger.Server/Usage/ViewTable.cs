using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>One row of a read model after a batch of facts.</summary>
/// <param name="FirstSeq">Place of its first fact: what was said later of cost centres does not move it.</param>
/// <param name="CostCentre">That it counts for; null for none.</param>
internal sealed record Folded<TState>(string Company, string Id, TState State, long FirstSeq, string? CostCentre);

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
        IReadOnlyList<IEvent> events, IDocumentOperations operations, CentreBooks centres, UsageSums sums,
        NpgsqlDataSource database, CancellationToken stop)
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
                : facts.Aggregate(old?.State, (s, e) => Evolve(s, (TFact)e.Data));
            var first = old?.FirstSeq ?? facts[0].Sequence;
            var now = Placed(ContributionOf(id, state!), centres.Of(company), first);
            folded.Add(new(company, id, state!, first, now?.CostCentre));
            sums.Add(company, now, sign: 1);
            sums.Add(company, old is null ? null : Counted(old), sign: -1);
        }
        QueueUpsert(
            operations,
            [.. folded.OrderBy(r => r.Company, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal)]);
    }

    private static Contribution? Placed(Contribution? contribution, CentreBook centres, long known) =>
        contribution is not null
            && centres.Of(
                contribution.Numbers is [var number, ..] ? number : null, contribution.Party, contribution.UsageAt,
                known) is { Length: > 0 } centre
            ? contribution with { CostCentre = centre }
            : contribution;

    /// <summary>What a row contributed when it was last written, and for which cost centre.</summary>
    private Contribution? Counted(Folded<TState> row)
    {
        var contribution = ContributionOf(row.Id, row.State);
        return row.CostCentre is null || contribution is null
            ? contribution
            : contribution with { CostCentre = row.CostCentre };
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

    private async Task<Dictionary<(string, string), Folded<TState>>> LoadAsync(
        IReadOnlyCollection<(string Company, string Id)> keys, NpgsqlDataSource database, CancellationToken stop)
    {
        await using var command = database.CreateCommand($"""
            select t.tenant_id, t.{idColumn}, t.state, t.first_seq, t.cost_centre
            from unnest($1::text[], $2::text[]) as k(tenant_id, id)
            join {table} t on t.tenant_id = k.tenant_id and t.{idColumn} = k.id
            """);
        command.Parameters.Add(new() { Value = keys.Select(k => k.Company).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(k => k.Id).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new Dictionary<(string, string), Folded<TState>>();
        while (await reader.ReadAsync(stop))
        {
            var (company, id) = (reader.GetString(0), reader.GetString(1));
            rows[(company, id)] = new(
                company, id, JsonSerializer.Deserialize<TState>(reader.GetString(2), LedgerJson.Options)!,
                reader.GetInt64(3), reader.Text(4));
        }
        return rows;
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
