using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Customers;

/// <summary>Makes a customer known under an id of the company's choice, or gives it another name.</summary>
public static class NameCustomer
{
    public sealed record NameRequest(string Name, string? Reason = null);

    public static void Map(RouteGroupBuilder api) => api.MapPut("/customers/{customerId}", PutAsync)
        .Allow(Permissions.ManageCustomers)
        .WithName("NameCustomer")
        .WithSummary("Make a customer known, or rename it; repeating it is harmless.")
        .WithTags("Customers")
        .Produces<CustomerView>().Produces<CustomerView>(201).ProducesProblem(422);

    private static async Task<IResult> PutAsync(
        [Description("The company's own reference, such as ACME-17: letters, digits and . _ -; case matters.")]
        string customerId,
        NameRequest request, HttpContext context, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var known = await CustomerTable.FindAsync(change.Connection, actor.Company, customerId, stop);
        switch (CustomerDecider.Name(
            known?.Name, customerId, request.Name, actor.Id, request.Reason, clock.GetCurrentInstant()))
        {
            case Refused<CustomerFact> refused:
                return refused.Why.ToProblem();
            case Accepted<CustomerFact> { Facts: [CustomerNamed named] }:
                await WriteAsync(change, actor.Company, named, stop);
                await change.CommitAsync(stop);
                var view = new CustomerView(customerId, named.Name, named.OccurredAt);
                return known is null ? Results.Created($"/api/v1/customers/{customerId}", view) : Results.Ok(view);
            default:
                return Results.Ok(known);
        }
    }

    private static async Task WriteAsync(
        FactTransaction change, string company, CustomerNamed named, CancellationToken stop)
    {
        await change.ExecuteAsync(
            """
            insert into platform.customer (tenant_id, customer_id, name, named_at) values ($1, $2, $3, $4)
            on conflict (tenant_id, customer_id) do update set name = excluded.name, named_at = excluded.named_at
            """,
            stop, company, named.CustomerId, named.Name, named.OccurredAt);
        await change.AppendAsync(company, CustomerTable.StreamOf(named.CustomerId), [named], stop);
    }
}
