using NodaTime;
using Thorbis.Ledger.Domain.Customers;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What something is said of that cost centres follow from.</summary>
public enum CentreSubject
{
    Number,
    Customer,
    Party,
}

/// <summary>Something that was said of cost centres, with its place in the ledger.</summary>
/// <param name="Key">The company's number, the customer's id, or the party; numbers are E.164.</param>
/// <param name="From">First instant that it holds at.</param>
/// <param name="Value">The cost centre; of a party, its customer. Empty for none.</param>
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
    }

    /// <summary>The cost centre of the customer whose the party is, where it has one; else the number's.</summary>
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
        var customer = party is null ? "" : Find(CentreSubject.Party, party, at, known);
        var centre = customer.Length == 0 ? "" : Find(CentreSubject.Customer, customer, at, known);
        return centre.Length > 0 || number is null ? centre : Find(CentreSubject.Number, number, at, known);
    }

    /// <summary>Of those in force the one that begins last; of equal ones the last said.</summary>
    private string Find(CentreSubject subject, string key, Instant at, long known)
    {
        var (from, value) = (Instant.MinValue, "");
        foreach (var said in _said.GetValueOrDefault((subject, key)) ?? [])
        {
            if (said.Sequence <= known && said.From <= at && said.From >= from)
            {
                (from, value) = (said.From, said.Value);
            }
        }
        return value;
    }
}
