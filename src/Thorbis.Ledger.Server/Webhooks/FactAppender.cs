using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Appends facts to their streams, with derived ids: the same fact twice is impossible.</summary>
public sealed class FactAppender(IDocumentStore store)
{
    private const string RecordedSql = "select id, data::text from ledger.mt_events where id = any ($1)";
    private const int RevisionsMax = 100;

    /// <summary>Inside the caller's transaction; streams in one order everywhere, so that two nodes cannot
    /// deadlock.</summary>
    internal async Task AppendAsync(
        IReadOnlyList<InterpretationBatch.Item> items, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var facts = items.SelectMany(i =>
            ((Attribution.To)i.Attribution!).Shares.SelectMany(share => share.Facts.Select(
            fact => new Planned(share.Company, fact.Stream, i.Webhook, fact.ItemKey, fact.Fact)))).ToList();
        facts = [.. facts.Where(f => !f.Webhook.Again),
            .. await ChangedAsync([.. facts.Where(f => f.Webhook.Again)], transaction, stop)];
        foreach (var company in facts.GroupBy(f => f.Company).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var options = Marten.Services.SessionOptions.ForTransaction(transaction, false);
            options.TenantId = company.Key;
            await using var session = store.LightweightSession(options);
            foreach (var stream in company.GroupBy(f => f.Stream).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                session.Events.Append(stream.Key, [.. stream.Select(fact => Event(session, fact))]);
            }
            await session.SaveChangesAsync(stop);
        }
    }

    private static IEvent Event(IDocumentSession session, Planned planned)
    {
        var e = session.Events.BuildEvent(planned.Fact);
        e.Id = planned.IdOf(planned.Fact.Revision);
        e.CausationId = planned.Webhook.JournalId.ToString();
        return e;
    }

    /// <summary>
    /// Of webhooks read again: what differs from its last recorded revision, as the next one. What is the same adds
    /// nothing.
    /// </summary>
    private async Task<List<Planned>> ChangedAsync(List<Planned> facts, NpgsqlTransaction transaction,
        CancellationToken stop)
    {
        var changed = new List<Planned>();
        foreach (var planned in facts)
        {
            var recorded = await RecordedAsync(planned, transaction, stop);
            var latest = recorded.Count - 1;
            var next = planned with { Fact = planned.Fact with { Revision = latest + 1 } };
            if (latest < 0 || !Same(recorded[latest], planned.Fact with { Revision = latest }))
            {
                changed.Add(next);
            }
        }
        return changed;
    }

    private static async Task<List<string>> RecordedAsync(Planned planned, NpgsqlTransaction transaction,
        CancellationToken stop)
    {
        var ids = Enumerable.Range(0, RevisionsMax).Select(planned.IdOf).ToArray();
        await using var command =
            new NpgsqlCommand(RecordedSql, transaction.Connection) { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var found = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(stop))
        {
            found[reader.GetGuid(0)] = reader.GetString(1);
        }
        return [.. ids.TakeWhile(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>With the serializer that wrote the recorded one.</summary>
    private bool Same(string recorded, Fact fact)
    {
        using var a = JsonDocument.Parse(recorded);
        using var b = JsonDocument.Parse(store.Options.Serializer().ToJson(fact));
        return JsonElement.DeepEquals(a.RootElement, b.RootElement);
    }

    private sealed record Planned(string Company, string Stream, PendingWebhook Webhook, string ItemKey, Fact Fact)
    {
        public Guid IdOf(int revision) =>
            FactId.For(Company, Webhook.EventId, FactCatalogue.NameOf(Fact.GetType()), ItemKey, revision);
    }
}
