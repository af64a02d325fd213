using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Customers;

/// <summary>Says which customer's a party is, from a day on.</summary>
public static class LinkParty
{
    /// <param name="Party">E.164; another customer's moves to this one.</param>
    /// <param name="From">First day, <c>2026-11-01</c>, in the company's zone; today when left out.</param>
    public sealed record LinkRequest(string Party, string? From = null, string? Reason = null);

    /// <param name="From">The day from which on it is the customer's.</param>
    public sealed record LinkView(string CustomerId, string Party, LocalDate From);

    public sealed record UnlinkAsk
    {
        [Description("First day without it, in the company's zone; today when left out.")]
        public string? From { get; init; }

        [Description("Why; kept with the fact.")]
        public string? Reason { get; init; }
    }

    public static void Map(RouteGroupBuilder api)
    {
        var parties = api.MapGroup("/customers/{customerId}/parties").WithTags("Customers");
        parties.MapPost("", Post).Allow(Permissions.ManageCustomers)
            .WithName("LinkParty").WithSummary("Link a party to a customer from a day on, whoever's it was.")
            .Produces<LinkView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        parties.MapDelete("/{party}", Delete).Allow(Permissions.ManageCustomers)
            .WithName("UnlinkParty").WithSummary("Take a party from a customer from a day on.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static Task<IResult> Post(
        [Description("The customer's id, as lists show it.")] string customerId, LinkRequest request,
        [AsParameters] DatedChange change, CancellationToken stop)
    {
        var party = Selection.Address(request.Party);
        return change.SayOfCustomerAsync(
            customerId, request.From, request.Reason,
            async (facts, company, said) => CustomerDecider.Link(
                await CustomerTable.LinksAsync(facts.Connection, company, party, stop),
                await CustomerTable.CountPartiesAsync(facts.Connection, company, customerId, stop),
                customerId, party, said),
            from => Results.Ok(new LinkView(customerId, party, from)));
    }

    private static Task<IResult> Delete(
        [Description("The customer's id, as lists show it.")] string customerId,
        [Description("E.164.")] string party, [AsParameters] UnlinkAsk ask, [AsParameters] DatedChange change,
        CancellationToken stop)
    {
        party = Selection.Address(party);
        return change.SayOfCustomerAsync(
            customerId, ask.From, ask.Reason,
            async (facts, company, said) => CustomerDecider.Unlink(
                await CustomerTable.LinksAsync(facts.Connection, company, party, stop), customerId, party, said),
            _ => Results.NoContent());
    }
}
