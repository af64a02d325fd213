using Thorbis.Ledger.Domain.Numbers;

namespace Thorbis.Ledger.Domain.Rating;

/// <summary>The prices that every company begins with: version 0 of its deck, until it publishes its own.</summary>
/// <remarks>Never changed: other prices would be another version, or lines would explain themselves no
/// longer.</remarks>
public static class DefaultDeck
{
    /// <summary>The deck that prices a company's lines; others are for previews.</summary>
    public const string Id = "default";

    public static readonly DeckVersion Version = new(
        0, NumberDecider.Earliest, "USD", Rounding.Default,
        [
            new(Service.CallIn, RateUnit.Minute, 0.012m),
            new(Service.CallOut, RateUnit.Minute, 0.012m),
            new(Service.SmsIn, RateUnit.Part, 0m),
            new(Service.SmsOut, RateUnit.Part, 0.0075m),
            new(Service.Transcription, RateUnit.Item, 0.05m),
            new(Service.NumberMonth, RateUnit.Month, 1.00m, NumberType: "local"),
            new(Service.NumberMonth, RateUnit.Month, 2.00m, NumberType: "toll_free"),
        ]);
}
