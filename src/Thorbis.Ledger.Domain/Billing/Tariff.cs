using NodaTime;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What a company's prices are, and were: each with the place in the ledger from which it is known.</summary>
/// <param name="PublishedAt">Ledger sequence of each version of the deck; 0 for the one all begin with.</param>
/// <param name="NumberType">The type of an own number, such as <c>local</c>; null when not known.</param>
/// <param name="CostCentre">Of what a number and a party had at an instant: as <see cref="CentreBook.Of"/>.</param>
public sealed record Tariff(
    RateDeck Deck, IReadOnlyList<long> PublishedAt, Func<string, string?> NumberType,
    Func<string?, string?, Instant, long, string> CostCentre)
{
    /// <summary>In the order of the ledger.</summary>
    public IReadOnlyList<Rerating> Reratings { get; init; } = [];

    /// <summary>What prices that which was used at an instant.</summary>
    /// <param name="known">Ledger sequence from which on what is published does not count, unless it was priced anew
    /// since.</param>
    public Prices Of(Instant usedAt, long known)
    {
        for (var i = Reratings.Count - 1; i >= 0; i--)
        {
            if (Reratings[i].From <= usedAt && usedAt < Reratings[i].To)
            {
                return new(this, known, Reratings[i]);
            }
        }
        return new(this, known, null);
    }

    /// <summary>A version that priced something.</summary>
    public DeckVersion Version(string deckId, int version) =>
        Reratings.Select(again => again.Under).OfType<RateDeck>().Prepend(Deck)
            .SelectMany(deck => deck.Versions).First(v => v.DeckId == deckId && v.Version == version);

    /// <summary>How many versions are known at a sequence.</summary>
    internal int KnownAt(long known)
    {
        var count = PublishedAt.Count;
        while (count > 1 && PublishedAt[count - 1] > known)
        {
            count--;
        }
        return count;
    }
}

/// <summary>A range that was priced anew.</summary>
/// <param name="Sequence">Its place in the ledger.</param>
/// <param name="Under">Another deck as it stood then; null for the one that prices all.</param>
/// <param name="Version">Of the deck; null for the one in force at each instant.</param>
public sealed record Rerating(long Sequence, Instant From, Instant To, RateDeck? Under, int? Version);

/// <summary>The prices of one usage instant.</summary>
/// <param name="Known">Ledger sequence at which it was first priced.</param>
/// <param name="Again">The last re-rating of the instant; null for none.</param>
public readonly record struct Prices(Tariff Tariff, long Known, Rerating? Again)
{
    /// <summary>The version that prices what was answered at an instant.</summary>
    public DeckVersion VersionAt(Instant at) =>
        Again is null ? Tariff.Deck.At(at, Tariff.KnownAt(Known))
        : Again.Version is { } version ? (Again.Under ?? Tariff.Deck).Versions.First(v => v.Version == version)
        : Again.Under is { } other ? other.At(at)
        : Tariff.Deck.At(at, Tariff.KnownAt(Math.Max(Known, Again.Sequence)));
}

