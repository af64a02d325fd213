using NodaTime;
using Thorbis.Ledger.Domain.Billing;

namespace Thorbis.Ledger.Domain.Customers;

/// <summary>A customer, folded from its facts.</summary>
/// <param name="Name">What it is called now.</param>
/// <param name="Centres">Cost centres, by the day they begin on.</param>
public sealed record Customer(string Name, IReadOnlyList<CentreFrom> Centres)
{
    /// <summary>The customer with one more fact; null until it has a name.</summary>
    public static Customer? Evolve(Customer? customer, CustomerFact fact) => fact switch
    {
        CustomerNamed named => new(named.Name, customer?.Centres ?? []),
        CustomerCentreAssigned assigned when customer is not null => customer with
        {
            Centres = Registers.With(
                customer.Centres, new CentreFrom(assigned.From, assigned.CostCentre, assigned.OccurredAt)),
        },
        _ => customer,
    };
}

/// <summary>Whose a party is from a day on, until the day of the next link.</summary>
/// <param name="CustomerId">Empty: nobody's.</param>
public sealed record PartyLink(LocalDate From, string CustomerId)
{
    /// <summary>Whose a party is on a day; empty for nobody's.</summary>
    /// <param name="links">Of that party, each day once.</param>
    public static string On(IEnumerable<PartyLink> links, LocalDate day) =>
        links.Where(link => link.From <= day).MaxBy(link => link.From)?.CustomerId ?? "";
}
