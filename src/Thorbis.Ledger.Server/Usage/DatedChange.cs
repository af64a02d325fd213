using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>A request that says something of a thing, to hold from a day on.</summary>
public sealed record DatedChange(
    HttpContext Http, [FromServices] FactTransactions Transactions, [FromServices] CompanyZones Zones,
    [FromServices] IClock Clock)
{
    /// <param name="thing">What the answer calls it when there is none.</param>
    /// <param name="from">As asked; today in the company's zone when left out.</param>
    /// <param name="decide">Null where there is no such thing; the company's changes come one after the other.</param>
    /// <param name="write">Of each fact, in the transaction.</param>
    /// <param name="answer">Once it is so, by the first day.</param>
    internal async Task<IResult> SayAsync<TFact>(
        string thing, string? from, string? reason, Func<FactTransaction, string, Said, Task<Decision<TFact>?>> decide,
        Func<FactTransaction, string, Said, TFact, Task> write, Func<LocalDate, IResult> answer)
        where TFact : Fact
    {
        var (actor, now, stop) = (Actor.Of(Http.User), Clock.GetCurrentInstant(), Http.RequestAborted);
        var zone = await Zones.OfAsync(actor.Company, stop);
        if (AskedTime.ParseDay(from, zone, now) is not { } day)
        {
            return Problems.Invalid("from", AskedTime.ExpectedDay);
        }
        await using var change = await Transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var said = new Said(day, zone, actor.Id, reason, now);
        switch (await decide(change, actor.Company, said))
        {
            case null:
                return Problems.NotFound(thing);
            case Refused<TFact> refused:
                return refused.Why.ToProblem();
            case Accepted<TFact> { Facts: [var fact] }:
                await write(change, actor.Company, said, fact);
                await change.CommitAsync(stop);
                break;
        }
        return answer(day);
    }
}
