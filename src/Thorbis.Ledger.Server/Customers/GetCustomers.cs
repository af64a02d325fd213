using System.ComponentModel;
using System.Security.Claims;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Customers;

public static class GetCustomers
{
    public static void Map(RouteGroupBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Customers");
        customers.MapGet("", GetAsync).Allow(Permissions.ReadOperations)
            .WithName("GetCustomers").WithSummary("The company's customers, by id.")
            .Produces<Page<CustomerView>>().ProducesProblem(422);
        customers.MapGet("/{customerId}", GetOneAsync).Allow(Permissions.ReadOperations)
            .WithName("GetCustomer")
            .WithSummary("One customer: its parties with their days, and the lists of its calls and messages.")
            .Produces<CustomerDetails>().ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(
        ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop, string? cursor = null,
        int? limit = null)
    {
        if (PageRequest.Refuse(cursor, limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var company = Actor.Of(user).Company;
        var rows = await database.ReadAsync(company, async connection =>
        {
            await using var command = connection.Command(
                """
                select customer_id, name, named_at from platform.customer
                where tenant_id = $1 and customer_id > $2 order by customer_id limit $3
                """,
                company, after, size + 1);
            return await command.ListAsync(CustomerView.Read, stop);
        }, stop);
        return Results.Ok(Page.Of(rows, size, row => [row.CustomerId]));
    }

    private static async Task<IResult> GetOneAsync(
        [Description("The customer's id, as lists show it.")] string customerId, ClaimsPrincipal user,
        LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return await database.ReadAsync(company, async connection =>
            await CustomerTable.FindAsync(connection, company, customerId, stop) is { } customer
                ? Results.Ok(new CustomerDetails(
                    customer, await CustomerTable.PartiesAsync(connection, company, customerId, stop),
                    $"/api/v1/calls?customer={customerId}", $"/api/v1/messages?customer={customerId}"))
                : Problems.NotFound("customer"), stop);
    }
}
