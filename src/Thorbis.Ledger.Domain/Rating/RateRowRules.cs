namespace Thorbis.Ledger.Domain.Rating;

/// <summary>What a row must be, whoever wrote it: by hand, in a file, or through the API.</summary>
public static class RateRowRules
{
    /// <summary>Seconds; more than an hour is a slip of the hand.</summary>
    public const int IncrementMax = 3_600;

    /// <summary>Of one unit, or of a connection.</summary>
    public const decimal PriceMax = 9_999.99999999m;

    private const int NumberTypeLengthMax = 40;

    /// <summary>The first field that cannot be taken as it is, or null.</summary>
    public static Refusal? Check(RateRow row) =>
        !IsSoldBy(row.Service, row.Unit) ? Refusal.Of("unit", $"{row.Service} is not sold by the {row.Unit}.")
        : row is { Prefix: { } prefix } && !IsPrefix(prefix)
            ? Refusal.Of("prefix", "A prefix is + and 1 to 15 digits, the first not zero.")
        : row is { Prefix: not null, NumberType: not null }
            ? Refusal.Of("numberType", "A row has a prefix or a number type, not both.")
        : row is { NumberType: { } type } && !IsNumberType(type)
            ? Refusal.Of("numberType", "A number type is a word of small letters, such as toll_free.")
        : !IsPrice(row.Price) ? Refusal.Of("price", "A price is 0 to 9999.99999999, with at most 8 decimals.")
        : !IsPrice(row.ConnectFee)
            ? Refusal.Of("connectFee", "A connect fee is 0 to 9999.99999999, with at most 8 decimals.")
        : row.FirstIncrement is < 1 or > IncrementMax
            ? Refusal.Of("firstIncrement", $"An increment is 1 to {IncrementMax} seconds.")
        : row.Increment is < 1 or > IncrementMax
            ? Refusal.Of("increment", $"An increment is 1 to {IncrementMax} seconds.")
        : row.Minimum is < 0 or > IncrementMax
            ? Refusal.Of("minimum", $"A minimum is 0 to {IncrementMax} seconds.")
        : null;

    /// <summary>What a service can be priced by.</summary>
    public static bool IsSoldBy(Service service, RateUnit unit) => service switch
    {
        Service.CallIn or Service.CallOut or Service.ClientLeg => unit is RateUnit.Minute,
        Service.SmsIn or Service.SmsOut => unit is RateUnit.Part,
        Service.MmsIn or Service.MmsOut => unit is RateUnit.Part or RateUnit.Medium,
        Service.Recording or Service.Transcription => unit is RateUnit.Minute or RateUnit.Item,
        Service.NumberMonth => unit is RateUnit.Month,
        _ => unit is RateUnit.Item,
    };

    private static bool IsPrefix(string text) =>
        text is ['+', >= '1' and <= '9', ..] && text.Length <= 16
            && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsNumberType(string text) =>
        text.Length is > 0 and <= NumberTypeLengthMax && text.All(c => c is (>= 'a' and <= 'z') or '_');

    private static bool IsPrice(decimal price) =>
        price is >= 0 and <= PriceMax && decimal.Round(price, Rounding.DecimalsMax) == price;
}
