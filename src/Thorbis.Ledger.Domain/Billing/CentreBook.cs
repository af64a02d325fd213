using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What something is said of that cost centres follow from.</summary>
public enum CentreSubject
{
    Number,
    Customer,
    Party,
    Member,

    /// <summary>Of a member, where his phone rings.</summary>
    Phones,
}

/// <summary>Something that was said of cost centres, with its place in the ledger.</summary>
/// <param name="Key">The company's number, the customer's id, the party, or the member; numbers are E.164.</param>
/// <param name="From">First instant that it holds at.</param>
/// <param name="Value">The cost centre; of a party, its customer; of phones, these, a line each. Empty for
/// none.</param>
public sealed record CentreEntry(long Sequence, CentreSubject Subject, string Key, Instant From, string Value)
{
    /// <summary>What a fact says of cost centres; null for all facts that say nothing of them.</summary>
    public static CentreEntry? Of(long sequence, object fact) => fact switch
    {
        CostCentreAssigned said => new(
            sequence, CentreSubject.Number, said.Number, StartOf(said.From, said.Zone), said.CostCentre),
        CustomerCentreAssigned said => new(
            sequence, CentreSubject.Customer, said.CustomerId, StartOf(said.From, said.Zone), said.CostCentre),
        PartyLinked said => new(
            sequence, CentreSubject.Party, said.Party, StartOf(said.From, said.Zone), said.CustomerId),
        PartyUnlinked said => new(sequence, CentreSubject.Party, said.Party, StartOf(said.From, said.Zone), ""),
        MemberCentreAssigned said => new(
            sequence, CentreSubject.Member, said.UserId, StartOf(said.From, said.Zone), said.CostCentre),
        TeamTermsSet said => new(
            sequence, CentreSubject.Phones, said.Member, said.EffectiveAt, string.Join('\n', said.Terms.Phones ?? [])),
        _ => null,
    };

    private static Instant StartOf(LocalDate day, string zone) =>
        DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(day).ToInstant();
}

/// <summary>Which cost centre a call or message of a company belongs to: costs and usage ask the same.</summary>
/// <remarks>
/// What was said after the place that is asked for does not count, so a book may know more than that: what it answers
/// for a place stays the same for good.
/// </remarks>
public sealed class CentreBook
{
    private readonly Dictionary<(CentreSubject Subject, string Key), List<CentreEntry>> _said = [];

    /// <summary>Members by each phone that any terms gave them.</summary>
    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last place it has learnt from; 0 before the first.</summary>
    public long LearntTo { get; private set; }

    /// <summary>Takes an entry in; those come in the order of the ledger, and told again change nothing.</summary>
    public void Learn(CentreEntry entry)
    {
        if (entry.Sequence <= LearntTo)
        {
            return;
        }
        LearntTo = entry.Sequence;
        if (!_said.TryGetValue((entry.Subject, entry.Key), out var said))
        {
            _said[(entry.Subject, entry.Key)] = said = [];
        }
        said.Add(entry);
        foreach (var phone in entry.Subject == CentreSubject.Phones ? PhonesOf(entry) : [])
        {
            if (!_members.TryGetValue(phone, out var members))
            {
                _members[phone] = members = [];
            }
            members.Add(entry.Key);
        }
    }

    /// <summary>The cost centre of the customer whose the party is, where it has one; else that of the member whose
    /// phone the party or the number is; else the number's.</summary>
    /// <param name="number">The company's; null where none is known.</param>
    /// <param name="party">As lists show it; null where none is known.</param>
    /// <param name="at">The usage instant.</param>
    /// <param name="known">Ledger sequence after which nothing counts.</param>
    /// <returns>Empty for none.</returns>
    public string Of(string? number, string? party, Instant at, long known)
    {
        if (_said.Count == 0)
        {
            return "";
        }
        string Said(CentreSubject subject, string? key) =>
            string.IsNullOrEmpty(key) ? "" : InForce(subject, key, at, known)?.Value ?? "";
        string OfMember(string? phone) => Said(CentreSubject.Member, MemberAt(phone, at, known));
        return Said(CentreSubject.Customer, Said(CentreSubject.Party, party)) is { Length: > 0 } customers ? customers
            : OfMember(party) is { Length: > 0 } partys ? partys
            : OfMember(number) is { Length: > 0 } members ? members
            : Said(CentreSubject.Number, number);
    }

    /// <summary>Whose phone it is: of several members who share it, theirs whose terms begin last; of equal ones theirs
    /// who were given them last.</summary>
    private string? MemberAt(string? phone, Instant at, long known) =>
        phone is null || !_members.TryGetValue(phone, out var members) ? null
        : members.Select(member => InForce(CentreSubject.Phones, member, at, known))
            .OfType<CentreEntry>()
            .Where(terms => PhonesOf(terms).Contains(phone, StringComparer.OrdinalIgnoreCase))
            .MaxBy(terms => (terms.From, terms.Sequence))?.Key;

    private static string[] PhonesOf(CentreEntry terms) =>
        terms.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of those in force the one that begins last; of equal ones the last said.</summary>
    private CentreEntry? InForce(CentreSubject subject, string key, Instant at, long known)
    {
        CentreEntry? found = null;
        foreach (var said in _said.GetValueOrDefault((subject, key)) ?? [])
        {
            if (said.Sequence <= known && said.From <= at && (found is null || said.From >= found.From))
            {
                found = said;
            }
        }
        return found;
    }
}
