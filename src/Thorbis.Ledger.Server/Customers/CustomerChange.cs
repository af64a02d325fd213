using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Customers;

/// <summary>Says something of a customer, to hold from a day on.</summary>
internal static class CustomerChange
{
    /// <param name="from">As asked; today in the company's zone when left out.</param>
    /// <param name="decide">Of a customer that there is.</param>
    /// <param name="answer">Once it is so, by the first day.</param>
    public static Task<IResult> SayOfCustomerAsync(
        this DatedChange change, string customerId, string? from, string? reason,
        Func<FactTransaction, string, Said, Task<Decision<CustomerFact>>> decide, Func<LocalDate, IResult> answer)
    {
        var stop = change.Http.RequestAborted;
        return change.SayAsync<CustomerFact>(
            "customer", from, reason,
            async (facts, company, said) =>
                await CustomerTable.FindAsync(facts.Connection, company, customerId, stop) is null ? null
                    : await decide(facts, company, said),
            (facts, company, said, fact) => WriteAsync(facts, company, fact, said, stop), answer);
    }

    private static async Task WriteAsync(
        FactTransaction change, string company, CustomerFact fact, Said said, CancellationToken stop)
    {
        switch (fact)
        {
            case PartyLinked linked:
                await CustomerTable.PutLinkAsync(change, company, linked.Party, said, linked.CustomerId, stop);
                break;
            case PartyUnlinked unlinked:
                await CustomerTable.PutLinkAsync(change, company, unlinked.Party, said, "", stop);
                break;
        }
        await change.AppendAsync(company, CustomerTable.StreamOf(fact.CustomerId), [fact], stop);
    }
}
