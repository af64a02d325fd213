using PhoneNumbers;
using Thorbis.Ledger.Domain.Tests;
using Thorbis.Ledger.Server.Analytics;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Analytics;

public sealed class PartyOriginTests
{
    [Theory, Table("""
        party                          origin
        +14155550123                   US-CA-415
        +1-202-555-0133                US-DC-202
        +14165550123                   CA-ON-416
        +19025550123                   CA-902        # Of two provinces.
        +18765550123                   JM
        +17875550123                   PR
        +18005550100                   -             # Toll-free,
        +442071838750                  GB
        +448081570000                  -             # elsewhere as well,
        +80012345678                   -             # and anywhere.
        +493023125000                  DE
        +77012345678                   KZ            # Russia's code, Kazakhstan's number.
        +79161234567                   RU
        +441481960194                  GG
        +1415555                       -             # Too short to be one.
        +9991234567                    -             # Nobody's.
        +19005550100                   -             # Not of a place.
        sip:+14155550123@example.com   -
        anonymous                      -
        -                              -
        """)]
    public void A_party_comes_from_where_its_number_does(string? party, string? origin) =>
        Assert.Equal(origin, PartyOrigin.Of(party));

    [Fact]
    public void Every_area_code_lies_in_the_country_that_libphonenumber_names()
    {
        var numbers = PhoneNumberUtil.GetInstance();
        var wrong = AreaCodes.All.Where(area => Country(numbers, area.Key) is { } named && named != area.Value[..2]);

        Assert.Empty(wrong.Select(area => $"{area.Key} {area.Value}: {Country(numbers, area.Key)}"));
        Assert.InRange(AreaCodes.All.Count, 440, 520);
    }

    private static string? Country(PhoneNumberUtil numbers, string area) =>
        numbers.GetRegionCodeForNumber(numbers.Parse($"+1{area}2345678", null));
}
