using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Rating;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What prices and cost centres a company had made known up to a place in the ledger.</summary>
internal sealed class CompanyTariff
{
    private const string CentreSql = """
        select tenant_id, seq, number, from_at, cost_centre from ledger.cost_centre
        where tenant_id = any ($1) and seq < $2 order by seq
        """;

    private readonly List<long> _publishedAt = [0];
    private readonly Dictionary<string, List<(long Sequence, Instant From, string Centre)>> _centres = [];
    private readonly string _company;

    private CompanyTariff(string company, DateTimeZone zone, NumberPlan plan)
    {
        (_company, Zone) = (company, zone);
        Tariff = new(RateDeck.Begin(DefaultDeck.Id), _publishedAt, plan.TypeOf, CentreOf);
    }

    public DateTimeZone Zone { get; }

    public Tariff Tariff { get; private set; }

    /// <param name="before">Facts from this sequence on are not read: they are learnt as they come.</param>
    public static async Task<Dictionary<string, CompanyTariff>> LoadAsync(
        string[] companies, long before, NpgsqlConnection connection, NumberPlan plan, CompanyZones zones,
        CancellationToken stop)
    {
        var tariffs = new Dictionary<string, CompanyTariff>();
        foreach (var company in companies)
        {
            tariffs[company] = new(company, await zones.OfAsync(company, stop), plan);
        }
        await LearnDecksAsync(tariffs, before, connection, stop);
        await LearnCentresAsync(tariffs, before, connection, stop);
        return tariffs;
    }

    private static async Task LearnDecksAsync(
        Dictionary<string, CompanyTariff> tariffs, long before, NpgsqlConnection connection, CancellationToken stop)
    {
        var facts = await DeckFacts.ReadAsync([.. tariffs.Keys], before, connection, stop);
        foreach (var (company, sequence, fact) in facts)
        {
            await tariffs[company].LearnAsync(sequence, fact, connection, stop);
        }
    }

    private static async Task LearnCentresAsync(
        Dictionary<string, CompanyTariff> tariffs, long before, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command(CentreSql, tariffs.Keys.ToArray(), before);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            tariffs[rows.GetString(0)].Learn(
                rows.GetInt64(1), rows.GetString(2), rows.GetFieldValue<Instant>(3), rows.GetString(4));
        }
    }

    /// <summary>Takes in what a fact says of prices; others say nothing.</summary>
    /// <param name="connection">Reads the deck that a range is priced by anew.</param>
    public async Task LearnAsync(long sequence, object fact, NpgsqlConnection connection, CancellationToken stop)
    {
        switch (fact)
        {
            case DeckVersionPublished { DeckId: DefaultDeck.Id } version:
                _publishedAt.Add(sequence);
                Tariff = Tariff with { Deck = RateDeck.Evolve(Tariff.Deck, version) };
                break;
            case RangeRerated range:
                var under = range.UnderDeckId == range.DeckId ? null : RateDecks.Fold(
                    range.UnderDeckId,
                    await RateDecks.PublishedAsync(connection, _company, range.UnderDeckId, stop, sequence));
                Learn(sequence, range, under);
                break;
            case CostCentreAssigned centre:
                Learn(sequence, centre.Number, StartOf(centre), centre.CostCentre);
                break;
        }
    }

    /// <param name="under">The deck that the range is priced by; null for the one that prices all.</param>
    public void Learn(long sequence, RangeRerated range, RateDeck? under) => Tariff = Tariff with
    {
        Reratings = [.. Tariff.Reratings, new(sequence, range.From, range.To, under, range.Version)],
    };

    public static Instant StartOf(CostCentreAssigned centre) =>
        DateTimeZoneProviders.Tzdb[centre.Zone].AtStartOfDay(centre.From).ToInstant();

    private void Learn(long sequence, string number, Instant from, string centre)
    {
        var known = _centres.TryGetValue(number, out var some) ? some : _centres[number] = [];
        known.Add((sequence, from, centre));
    }

    /// <summary>Of those in force the one that begins last; of equal ones the last said.</summary>
    private string CentreOf(string number, Instant at, long known)
    {
        var found = (From: Instant.MinValue, Centre: "");
        foreach (var (sequence, from, centre) in _centres.GetValueOrDefault(number) ?? [])
        {
            if (sequence <= known && from <= at && from >= found.From)
            {
                found = (from, centre);
            }
        }
        return found.Centre;
    }
}
