using NodaTime;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Usage;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>Cost centres once more, by docs/costs.md: all that was said is looked through for each answer.</summary>
internal sealed class CentreRecount(IEnumerable<Recorded> facts)
{
    private readonly List<(string Company, long Sequence, string About, Instant From, string Value)> said =
    [
        .. from fact in facts
           let told = Told(fact.Fact)
           where told is not null
           select (
               fact.Company, fact.Sequence, told.Value.About,
               told.Value.From.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb[told.Value.Zone]).ToInstant(),
               told.Value.Value),
    ];

    /// <param name="first">Place of the first fact of the call or message.</param>
    public string Of(string company, long first, Contribution contribution)
    {
        string Last(string about) => said
            .Where(one => one.Company == company && one.About == about && one.Sequence <= first
                && one.From <= contribution.UsageAt)
            .OrderBy(one => one.From).ThenBy(one => one.Sequence).LastOrDefault().Value ?? "";
        var customers = Last($"customer {Last($"party {contribution.Party}")}");
        return customers.Length > 0 ? customers : Last($"number {string.Join(',', contribution.Numbers.Take(1))}");
    }

    private static (string About, LocalDate From, string Zone, string Value)? Told(object fact) => fact switch
    {
        CostCentreAssigned told => ($"number {told.Number}", told.From, told.Zone, told.CostCentre),
        CustomerCentreAssigned told => ($"customer {told.CustomerId}", told.From, told.Zone, told.CostCentre),
        PartyLinked told => ($"party {told.Party}", told.From, told.Zone, told.CustomerId),
        PartyUnlinked told => ($"party {told.Party}", told.From, told.Zone, ""),
        _ => null,
    };
}
