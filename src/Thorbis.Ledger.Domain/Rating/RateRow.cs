namespace Thorbis.Ledger.Domain.Rating;

/// <summary>What a deck has a price for.</summary>
public enum Service
{
    CallIn,
    CallOut,
    SmsIn,
    SmsOut,
    MmsIn,
    MmsOut,
    Transcription,
    Recording,

    /// <summary>A leg to a browser or a SIP device of the company.</summary>
    ClientLeg,
    NumberSetUp,
    NumberMonth,
    Porting,
    FaxPage,
}

/// <summary>What one price is for.</summary>
public enum RateUnit
{
    Minute,
    Part,
    Medium,
    Item,
    Month,
}

/// <summary>One price of a deck.</summary>
/// <param name="Price">Of one unit, in the deck's currency; not negative.</param>
/// <param name="Prefix">
/// E.164 digits with their plus sign that the number begins with: of the party for what goes out, of the company's own
/// number for all else. Null for any number.
/// </param>
/// <param name="NumberType">Of the own number, such as <c>local</c> or <c>toll_free</c>; never beside a prefix.</param>
/// <param name="FirstIncrement">Seconds that the first started increment bills; of minutes only.</param>
/// <param name="Increment">Seconds of each one after it.</param>
/// <param name="Minimum">Seconds billed at least.</param>
/// <param name="ConnectFee">Once per leg, message or item.</param>
public sealed record RateRow(
    Service Service, RateUnit Unit, decimal Price, string? Prefix = null, string? NumberType = null,
    int FirstIncrement = 60, int Increment = 60, int Minimum = 0, decimal ConnectFee = 0)
{
    /// <summary>Two rows with the same key would compete for the same number.</summary>
    internal (Service, RateUnit, string?, string?) Key => (Service, Unit, Prefix, NumberType);
}
