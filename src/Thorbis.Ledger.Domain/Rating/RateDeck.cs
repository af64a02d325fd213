using NodaTime;

namespace Thorbis.Ledger.Domain.Rating;

/// <summary>A company's prices, with all their versions, folded from the facts of stream
/// <c>ratedeck/{id}</c>.</summary>
/// <param name="Versions">By number; the first is <see cref="DefaultDeck.Version"/>.</param>
public sealed record RateDeck(string DeckId, IReadOnlyList<DeckVersion> Versions)
{
    /// <summary>A deck before its first version.</summary>
    public static RateDeck Begin(string deckId) => new(deckId, [DefaultDeck.Version]);

    public static RateDeck Evolve(RateDeck? deck, RateDeckFact fact) => fact switch
    {
        DeckVersionPublished published => new(
            published.DeckId,
            [
                .. (deck ?? Begin(published.DeckId)).Versions,
                new(
                    published.Version, published.ActiveFrom, published.Currency, published.Rounding, published.Rows)
                {
                    DeckId = published.DeckId,
                },
            ]),
        _ => deck ?? Begin(fact.DeckId),
    };

    /// <summary>The version in force at an instant: of those active by then the latest active, then the latest
    /// published.</summary>
    public DeckVersion At(Instant instant) => At(instant, Versions.Count);

    /// <summary>The same when only the first <paramref name="known"/> versions had been published.</summary>
    public DeckVersion At(Instant instant, int known)
    {
        var found = Versions[0];
        for (var i = 1; i < known && i < Versions.Count; i++)
        {
            if (Versions[i].ActiveFrom <= instant && Versions[i].ActiveFrom >= found.ActiveFrom)
            {
                found = Versions[i];
            }
        }
        return found;
    }
}

/// <summary>The prices of a deck from an instant on.</summary>
/// <param name="Currency">ISO 4217; of every price in it.</param>
public sealed record DeckVersion(
    int Version, Instant ActiveFrom, string Currency, Rounding Rounding, IReadOnlyList<RateRow> Rows)
{
    private PriceList? prices;

    /// <summary>The deck it is a version of; the version that all decks begin with is of the default one.</summary>
    public string DeckId { get; init; } = DefaultDeck.Id;

    private PriceList Prices => prices ??= new(Rows);

    /// <summary>True when it has a price of this for some number.</summary>
    public bool Sells(Service service, RateUnit unit) => Prices.Sells(service, unit);

    /// <summary>The row that prices a number: the longest prefix, else its type, else the row for any; null for
    /// none.</summary>
    /// <param name="number">E.164; null where there is none, such as an anonymous caller.</param>
    /// <param name="numberType">Of the own number; null when not known.</param>
    public RateRow? RowFor(Service service, RateUnit unit, string? number, string? numberType = null) =>
        Prices.Find(service, unit, number, numberType);
}
