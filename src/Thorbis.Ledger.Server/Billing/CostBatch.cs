using JasperFx.Events;
using Marten;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Analytics;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>A cost line with what the ledger adds to it.</summary>
/// <param name="Sequence">Of the fact that made it.</param>
/// <param name="Ordinal">Among the lines of that fact, from 1.</param>
/// <param name="Day">Of its usage instant, in the company's zone.</param>
internal sealed record CostRow(
    string Company, long Sequence, int Ordinal, string Stream, CostLine Line, string? Country, LocalDate Day);

/// <summary>The accounts that a batch of facts touches: as they were before it, then fact by fact.</summary>
internal sealed class CostBatch(
    IDocumentOperations operations, NpgsqlDataSource database,
    Dictionary<(string Company, string Stream), CostFold> folds, Dictionary<string, CompanyTariff> tariffs)
{
    private readonly List<CostRow> _rows = [];

    /// <summary>Lines of the batch, in the order of the ledger.</summary>
    public IReadOnlyList<CostRow> Rows => _rows;

    public IEnumerable<(string Company, string Stream, CostAccount Account)> Accounts =>
        folds.Where(fold => fold.Value.Account is not null)
            .Select(fold => (fold.Key.Company, fold.Key.Stream, fold.Value.Account!))
            .OrderBy(a => a.Company, StringComparer.Ordinal).ThenBy(a => a.Stream, StringComparer.Ordinal);

    public static async Task<CostBatch> LoadAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations operations, NpgsqlDataSource database, NumberPlan plan,
        CompanyZones zones, CentreBooks centres, CancellationToken stop)
    {
        var billed = events.Where(e => CostFold.Bills(e.Data) && e.StreamKey is not null).ToList();
        var folds = billed.Select(e => (e.TenantId, e.StreamKey!)).Distinct().ToDictionary(
            key => key, _ => new CostFold(null));
        await using var connection = await database.OpenConnectionAsync(stop);
        await centres.ReadAsync(events, operations, connection, stop);
        foreach (var (key, account) in await CostTables.LoadAsync(folds.Keys, connection, stop))
        {
            folds[key] = new(account);
        }
        var tariffs = await CompanyTariff.LoadAsync(
            [.. billed.Concat(events.Where(e => e.Data is RangeRerated)).Select(e => e.TenantId).Distinct()],
            events[0].Sequence, connection, plan, zones, centres, stop);
        return new(operations, database, folds, tariffs);
    }

    public async Task TakeAsync(IEvent e, CancellationToken stop)
    {
        if (!tariffs.TryGetValue(e.TenantId, out var tariff))
        {
            return;
        }
        var before = tariff.Tariff;
        if (e.Data is DeckVersionPublished or RangeRerated)
        {
            await using var connection = await database.OpenConnectionAsync(stop);
            await tariff.LearnAsync(e.Sequence, e.Data, connection, stop);
        }
        if (e.Data is RangeRerated range)
        {
            await RerateAsync(e, range, before, tariff, stop);
        }
        if (e.StreamKey is not { } stream || !folds.TryGetValue((e.TenantId, stream), out var fold)
            || !CostFold.Bills(e.Data))
        {
            return;
        }
        var lines = e.Data is Fact { Revision: > 0 } and not NumberFact
            ? await RefoldAsync(fold, e, tariff, stop)
            : fold.Take(new(e.Sequence, e.Id, (Fact)e.Data), tariff.Tariff);
        Add(e, stream, lines, tariff);
    }

    private void Add(IEvent e, string stream, IReadOnlyList<CostLine> lines, CompanyTariff tariff)
    {
        foreach (var line in lines)
        {
            var ordinal = _rows.Count > 0 && _rows[^1].Sequence == e.Sequence ? _rows[^1].Ordinal + 1 : 1;
            _rows.Add(new(
                e.TenantId, e.Sequence, ordinal, stream, line, PartyOrigin.Of(line.Charge.Party)?[..2],
                line.Charge.OccurredAt.InZone(tariff.Zone).Date));
        }
    }

    /// <summary>Holds the lines of the whole range: <see cref="ReratePreview.AccountsMax"/> bounds it.</summary>
    private async Task RerateAsync(
        IEvent e, RangeRerated range, Tariff before, CompanyTariff tariff, CancellationToken stop)
    {
        var told = new Placed(e.Sequence, e.Id, range);
        var changed = folds.Where(fold => fold.Key.Company == e.TenantId)
            .Select(fold => (fold.Key.Stream, Lines: fold.Value.Reprice(told, before, tariff.Tariff))).ToList();
        await using var connection = await database.OpenConnectionAsync(stop);
        await foreach (var (stream, account) in CostTables.UsedAsync(
            e.TenantId, range.From, range.To, connection, stop))
        {
            if (folds.ContainsKey((e.TenantId, stream)))
            {
                continue;
            }
            var fold = new CostFold(account);
            changed.Add((stream, fold.Reprice(told, before, tariff.Tariff)));
            if (fold.Account!.PricedAt != account.PricedAt)
            {
                folds[(e.TenantId, stream)] = fold;
            }
        }
        // The same order whatever the batch, so that a rebuild gives each line its id again.
        foreach (var (stream, lines) in changed.OrderBy(some => some.Stream, StringComparer.Ordinal))
        {
            Add(e, stream, lines, tariff);
        }
    }

    /// <summary>From the whole stream: a revised fact replaces what was read of its webhook before.</summary>
    private async Task<IReadOnlyList<CostLine>> RefoldAsync(
        CostFold fold, IEvent revised, CompanyTariff tariff, CancellationToken stop)
    {
        var stream = await operations.ForTenant(revised.TenantId).Events.FetchStreamAsync(
            revised.StreamKey!, token: stop);
        var facts = StreamReading.Latest(stream.Where(e => e.Sequence <= revised.Sequence).Select(StreamFact.Of));
        return fold.Replace(Refolded(facts), revised.Sequence, tariff.Tariff);
    }

    /// <summary>An account from the facts of its stream.</summary>
    public static CostAccount Refolded(IEnumerable<StreamFact> facts) => facts.Aggregate(
        (CostAccount?)null,
        (account, e) => CostFold.Evolve(account, new(e.Sequence, e.Id, e.Fact)))!;
}
