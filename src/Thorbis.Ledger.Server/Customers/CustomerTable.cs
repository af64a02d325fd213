using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Customers;

/// <summary>Customers and their parties as they are kept beside their facts.</summary>
internal static class CustomerTable
{
    public static string StreamOf(string customerId) => $"customer/{customerId}";

    /// <returns>Null where there is no such customer.</returns>
    public static async Task<CustomerView?> FindAsync(
        NpgsqlConnection connection, string company, string customerId, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select customer_id, name, named_at from platform.customer where tenant_id = $1 and customer_id = $2",
            company, customerId);
        return (await command.ListAsync(CustomerView.Read, stop)).SingleOrDefault();
    }

    /// <summary>A customer with its cost centres, out of its facts, which are few.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public static async Task<Customer?> FoldAsync(
        NpgsqlConnection connection, string company, string customerId, CancellationToken stop)
    {
        var facts = await StreamReading.ReadAsync(
            connection, company, StreamOf(customerId), long.MaxValue, stop);
        return facts.Aggregate(
            (Customer?)null, (customer, e) => Customer.Evolve(customer, (CustomerFact)e.Fact));
    }

    /// <summary>Everything said of a party.</summary>
    public static async Task<List<PartyLink>> LinksAsync(
        NpgsqlConnection connection, string company, string party, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select from_day, customer_id from platform.customer_party where tenant_id = $1 and party = $2",
            company, party);
        return await command.ListAsync(
            row => new PartyLink(row.GetFieldValue<LocalDate>(0), row.GetString(1)), stop);
    }

    /// <summary>How many parties a customer has had.</summary>
    public static async Task<int> CountPartiesAsync(
        NpgsqlConnection connection, string company, string customerId, CancellationToken stop)
    {
        await using var command = connection.Command(
            """
            select count(distinct party)::int from platform.customer_party
            where tenant_id = $1 and customer_id = $2
            """,
            company, customerId);
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>The parties a customer has or had, each with its days.</summary>
    public static async Task<List<CustomerParty>> PartiesAsync(
        NpgsqlConnection connection, string company, string customerId, CancellationToken stop)
    {
        await using var command = connection.Command(
            """
            select party, from_day, until_day
            from (
              select party, customer_id, from_day,
                     lead(from_day) over (partition by party order by from_at) as until_day
              from platform.customer_party
              where tenant_id = $1 and party in (
                select party from platform.customer_party where tenant_id = $1 and customer_id = $2)) as period
            where customer_id = $2
            order by party, from_day
            """,
            company, customerId);
        return await command.ListAsync(
            row => new CustomerParty(
                row.GetString(0), row.GetFieldValue<LocalDate>(1), row.Value<LocalDate>(2)),
            stop);
    }

    /// <summary>Says whose a party is from a day on; the last word on a day stands.</summary>
    /// <param name="customerId">Empty: nobody's.</param>
    public static Task PutLinkAsync(
        FactTransaction change, string company, string party, Said said, string customerId, CancellationToken stop) =>
        change.ExecuteAsync(
            """
            insert into platform.customer_party (tenant_id, party, from_at, from_day, customer_id)
            values ($1, $2, $3, $4, $5)
            on conflict (tenant_id, party, from_at) do update set customer_id = excluded.customer_id
            """,
            stop, company, party, said.Zone.AtStartOfDay(said.From).ToInstant(), said.From, customerId);
}
