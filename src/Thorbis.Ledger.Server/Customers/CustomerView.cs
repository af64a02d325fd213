using NodaTime;
using Npgsql;

namespace Thorbis.Ledger.Server.Customers;

/// <param name="CustomerId">The company's own reference; case matters.</param>
/// <param name="NamedAt">When its name was last said.</param>
public sealed record CustomerView(string CustomerId, string Name, Instant NamedAt)
{
    public static CustomerView Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetFieldValue<Instant>(2));
}

/// <summary>Days on which a party is a customer's, of the company's zone.</summary>
/// <param name="Party">E.164.</param>
/// <param name="From">The first.</param>
/// <param name="Until">The first after them; null while nothing else is said.</param>
public sealed record CustomerParty(string Party, LocalDate From, LocalDate? Until);

/// <summary>A customer with its parties, and where its history is.</summary>
/// <param name="Parties">By number, then by day; those it had before too.</param>
/// <param name="Calls">The list of its calls.</param>
/// <param name="Messages">The list of its messages.</param>
public sealed record CustomerDetails(
    CustomerView Customer, IReadOnlyList<CustomerParty> Parties, string Calls, string Messages);
