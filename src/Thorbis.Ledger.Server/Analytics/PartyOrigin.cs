using PhoneNumbers;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>Where the number of the other party comes from.</summary>
/// <remarks>
/// Countries and kinds of numbers as libphonenumber knows them, states and provinces by area code. Kept with the call:
/// a rebuild applies later tables to calls of every time.
/// </remarks>
internal static class PartyOrigin
{
    /// <summary>Digits of a number of the North American Numbering Plan, plus sign and country code included.</summary>
    private const int NorthAmericanLength = 12;

    /// <summary>libphonenumber's answer for what belongs to no country, such as +800.</summary>
    private const string NoCountry = "001";

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Whose tables answer, such as <c>libphonenumber 9.0.43</c>.</summary>
    public static string Tables { get; } =
        $"libphonenumber {typeof(PhoneNumberUtil).Assembly.GetName().Version?.ToString(3)}";

    /// <param name="party">As the carrier wrote it.</param>
    /// <returns>
    /// <c>US-CA-415</c>, <c>CA-902</c> (a code of several provinces), else the country: <c>DE</c>. Null when unknown:
    /// toll-free, SIP, anonymous, and numbers that no country has.
    /// </returns>
    public static string? Of(string? party)
    {
        if (party is not ['+', ..] || Domain.PhoneNumber.Normalize(party) is not { } number)
        {
            return null;
        }
        return number.StartsWith("+1", StringComparison.Ordinal) ? NorthAmerican(number) : Elsewhere(number);
    }

    private static string? NorthAmerican(string number)
    {
        var code = number.Length == NorthAmericanLength ? number[2..5] : "";
        return AreaCodes.PlaceOf(code) is not { } place ? null
            : place.StartsWith("US", StringComparison.Ordinal) || place.StartsWith("CA", StringComparison.Ordinal)
                ? $"{place}-{code}"
            : place;
    }

    private static string? Elsewhere(string number)
    {
        try
        {
            var parsed = Numbers.Parse(number, null);
            var country = Numbers.GetRegionCodeForNumber(parsed);
            return country is NoCountry || Numbers.GetNumberType(parsed) == PhoneNumberType.TOLL_FREE ? null : country;
        }
        catch (NumberParseException)
        {
            return null; // Well-formed, but under no country code.
        }
    }
}
