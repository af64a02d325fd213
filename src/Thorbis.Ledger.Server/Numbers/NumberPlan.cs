using System.Collections.Frozen;
using PhoneNumbers;

namespace Thorbis.Ledger.Server.Numbers;

/// <summary>What the numbering plans tell of a number.</summary>
/// <remarks>Source: docs/sources.md#numbering-plans.</remarks>
public sealed class NumberPlan
{
    private static readonly FrozenDictionary<PhoneNumberType, string> Types = new Dictionary<PhoneNumberType, string>
    {
        [PhoneNumberType.FIXED_LINE] = "local",
        [PhoneNumberType.FIXED_LINE_OR_MOBILE] = "local",
        [PhoneNumberType.TOLL_FREE] = "toll_free",
        [PhoneNumberType.MOBILE] = "mobile",
        [PhoneNumberType.UAN] = "national",
        [PhoneNumberType.SHARED_COST] = "shared_cost",
    }.ToFrozenDictionary();

    private readonly PhoneNumberUtil _plans = PhoneNumberUtil.GetInstance();

    /// <summary><c>local</c>, <c>toll_free</c>, <c>mobile</c>, <c>national</c> or <c>shared_cost</c>; null for
    /// others.</summary>
    public string? TypeOf(string number) =>
        Parse(number) is { } parsed ? Types.GetValueOrDefault(_plans.GetNumberType(parsed)) : null;

    private PhoneNumbers.PhoneNumber? Parse(string? number)
    {
        if (Domain.PhoneNumber.Normalize(number) is not { } e164)
        {
            return null;
        }
        try
        {
            return _plans.Parse(e164, null);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
