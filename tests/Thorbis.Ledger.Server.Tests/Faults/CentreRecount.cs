using NodaTime;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Routing;
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

    private readonly List<(string Company, long Sequence, TeamTermsSet Set)> phones =
        [.. facts.Where(fact => fact.Fact is TeamTermsSet)
            .Select(fact => (fact.Company, fact.Sequence, (TeamTermsSet)fact.Fact))];

    /// <param name="first">Place of the first fact of the call or message.</param>
    public string Of(string company, long first, Contribution contribution)
    {
        string Last(string about) => said
            .Where(one => one.Company == company && one.About == about && one.Sequence <= first
                && one.From <= contribution.UsageAt)
            .OrderBy(one => one.From).ThenBy(one => one.Sequence).LastOrDefault().Value ?? "";
        string OfMember(string? phone) => phones
            .Where(terms => terms.Company == company && terms.Sequence <= first
                && terms.Set.EffectiveAt <= contribution.UsageAt)
            .GroupBy(terms => terms.Set.Member)
            .Select(terms => terms.OrderBy(one => one.Set.EffectiveAt).ThenBy(one => one.Sequence).Last())
            .Where(terms => (terms.Set.Terms.Phones ?? []).Contains(phone, StringComparer.OrdinalIgnoreCase))
            .OrderBy(terms => terms.Set.EffectiveAt).ThenBy(terms => terms.Sequence)
            .Select(terms => Last($"member {terms.Set.Member}")).LastOrDefault("");
        var number = string.Join(',', contribution.Numbers.Take(1));
        return new[]
        {
            Last($"customer {Last($"party {contribution.Party}")}"), OfMember(contribution.Party), OfMember(number),
            Last($"number {number}"),
        }.FirstOrDefault(centre => centre.Length > 0, "");
    }

    private static (string About, LocalDate From, string Zone, string Value)? Told(object fact) => fact switch
    {
        CostCentreAssigned told => ($"number {told.Number}", told.From, told.Zone, told.CostCentre),
        CustomerCentreAssigned told => ($"customer {told.CustomerId}", told.From, told.Zone, told.CostCentre),
        MemberCentreAssigned told => ($"member {told.UserId}", told.From, told.Zone, told.CostCentre),
        PartyLinked told => ($"party {told.Party}", told.From, told.Zone, told.CustomerId),
        PartyUnlinked told => ($"party {told.Party}", told.From, told.Zone, ""),
        _ => null,
    };
}
