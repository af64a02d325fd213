using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Customers;

/// <summary>A request that says something of a customer, to hold from a day on.</summary>
public sealed record CustomerChange(
    HttpContext Http, [FromServices] FactTransactions Transactions, [FromServices] CompanyZones Zones,
    [FromServices] IClock Clock)
{
    /// <param name="from">As asked; today in the company's zone when left out.</param>
    /// <param name="decide">Of a customer that there is; the company's changes come one after the other.</param>
    /// <param name="answer">Once it is so, by the first day.</param>
    internal async Task<IResult> SayAsync(
        string customerId, string? from, string? reason,
        Func<FactTransaction, string, Said, Task<Decision<CustomerFact>>> decide, Func<LocalDate, IResult> answer)
    {
        var (actor, now, stop) = (Actor.Of(Http.User), Clock.GetCurrentInstant(), Http.RequestAborted);
        var zone = await Zones.OfAsync(actor.Company, stop);
        if (AskedTime.ParseDay(from, zone, now) is not { } day)
        {
            return Problems.Invalid("from", AskedTime.ExpectedDay);
        }
        await using var change = await Transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        if (await CustomerTable.FindAsync(change.Connection, actor.Company, customerId, stop) is null)
        {
            return Problems.NotFound("customer");
        }
        var said = new Said(day, zone, actor.Id, reason, now);
        switch (await decide(change, actor.Company, said))
        {
            case Refused<CustomerFact> refused:
                return refused.Why.ToProblem();
            case Accepted<CustomerFact> { Facts: [var fact] }:
                await WriteAsync(change, actor.Company, fact, said, stop);
                await change.CommitAsync(stop);
                break;
        }
        return answer(day);
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
