using JasperFx.Events;
using Marten;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
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
    IDocumentOperations operations, Dictionary<(string Company, string Stream), CostFold> folds,
    Dictionary<string, CompanyTariff> tariffs)
{
    private readonly List<CostRow> _rows = [];
    private readonly List<(string Company, long Sequence, CostCentreAssigned Fact)> _centres = [];

    /// <summary>Lines of the batch, in the order of the ledger.</summary>
    public IReadOnlyList<CostRow> Rows => _rows;

    public IReadOnlyList<(string Company, long Sequence, CostCentreAssigned Fact)> Centres => _centres;

    public IEnumerable<(string Company, string Stream, CostAccount Account)> Accounts =>
        folds.Where(fold => fold.Value.Account is not null)
            .Select(fold => (fold.Key.Company, fold.Key.Stream, fold.Value.Account!))
            .OrderBy(a => a.Company, StringComparer.Ordinal).ThenBy(a => a.Stream, StringComparer.Ordinal);

    public static async Task<CostBatch> LoadAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations operations, NpgsqlDataSource database, NumberPlan plan,
        CompanyZones zones, CancellationToken stop)
    {
        var billed = events.Where(e => CostFold.Bills(e.Data) && e.StreamKey is not null).ToList();
        var folds = billed.Select(e => (e.TenantId, e.StreamKey!)).Distinct().ToDictionary(
            key => key, _ => new CostFold(null));
        await using var connection = await database.OpenConnectionAsync(stop);
        foreach (var (key, account) in await CostTables.LoadAsync(folds.Keys, connection, stop))
        {
            folds[key] = new(account);
        }
        var tariffs = await CompanyTariff.LoadAsync(
            [.. billed.Select(e => e.TenantId).Distinct()], events[0].Sequence, connection, plan, zones, stop);
        return new(operations, folds, tariffs);
    }

    public async Task TakeAsync(IEvent e, CancellationToken stop)
    {
        if (!tariffs.TryGetValue(e.TenantId, out var tariff))
        {
            return;
        }
        tariff.Learn(e.Sequence, e.Data);
        if (e.Data is CostCentreAssigned assigned)
        {
            _centres.Add((e.TenantId, e.Sequence, assigned));
        }
        if (e.StreamKey is not { } stream || !folds.TryGetValue((e.TenantId, stream), out var fold)
            || !CostFold.Bills(e.Data))
        {
            return;
        }
        var lines = e.Data is Fact { Revision: > 0 } and not NumberFact
            ? await RefoldAsync(fold, e, tariff, stop)
            : fold.Take(new(e.Sequence, e.Id, (Fact)e.Data), tariff.Tariff);
        foreach (var line in lines)
        {
            var ordinal = _rows.Count > 0 && _rows[^1].Sequence == e.Sequence ? _rows[^1].Ordinal + 1 : 1;
            _rows.Add(new(
                e.TenantId, e.Sequence, ordinal, stream, line, PartyOrigin.Of(line.Charge.Party)?[..2],
                line.Charge.OccurredAt.InZone(tariff.Zone).Date));
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
