using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Rating;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What prices and cost centres a company had made known up to a place in the ledger.</summary>
internal sealed class CompanyTariff
{
    private readonly List<long> _publishedAt = [0];
    private readonly string _company;

    private CompanyTariff(string company, DateTimeZone zone, NumberPlan plan, CentreBook centres)
    {
        (_company, Zone) = (company, zone);
        Tariff = new(RateDeck.Begin(DefaultDeck.Id), _publishedAt, plan.TypeOf, centres.Of);
    }

    public DateTimeZone Zone { get; }

    public Tariff Tariff { get; private set; }

    /// <param name="before">Facts from this sequence on are not read: they are learnt as they come.</param>
    /// <param name="centres">Read already.</param>
    public static async Task<Dictionary<string, CompanyTariff>> LoadAsync(
        string[] companies, long before, NpgsqlConnection connection, NumberPlan plan, CompanyZones zones,
        CentreBooks centres, CancellationToken stop)
    {
        var tariffs = new Dictionary<string, CompanyTariff>();
        foreach (var company in companies)
        {
            tariffs[company] = new(company, await zones.OfAsync(company, stop), plan, centres.Of(company));
        }
        await LearnDecksAsync(tariffs, before, connection, stop);
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
        }
    }

    /// <param name="under">The deck that the range is priced by; null for the one that prices all.</param>
    public void Learn(long sequence, RangeRerated range, RateDeck? under) => Tariff = Tariff with
    {
        Reratings = [.. Tariff.Reratings, new(sequence, range.From, range.To, under, range.Version)],
    };
}
