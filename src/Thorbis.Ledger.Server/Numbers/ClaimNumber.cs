using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Numbers;

/// <summary>A company says that it holds a number, and since when.</summary>
public static class ClaimNumber
{
    /// <param name="Number">E.164, or written with spaces, hyphens, points and brackets after the plus.</param>
    /// <param name="From">First instant of the holding, inclusive; kept to the microsecond.</param>
    /// <param name="Until">First instant after it; null while it lasts.</param>
    public sealed record ClaimNumberRequest(string Number, Instant From, Instant? Until = null);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/numbers", PostAsync).Allow(Permissions.ManageNumbers)
            .WithName("ClaimNumber")
            .WithSummary("Register a number with its dates; it counts once an operator has confirmed it.")
            .Produces<NumberView>(201).Produces<NumberView>().ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        ClaimNumberRequest request, HttpContext context, FactTransactions transactions, IClock clock,
        CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        var holding = new NumberHolding(
            PhoneNumber.Normalize(request.Number) ?? request.Number, Microseconds(request.From),
            request.Until is { } until ? Microseconds(until) : null);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var present = await PresentAsync(change.Connection, actor.Company, holding.Number, stop);
        var decision = NumberDecider.Claim(
            [.. present.Select(view => view.Holding)], holding, actor.Id, clock.GetCurrentInstant());
        return decision switch
        {
            Refused<NumberFact> refused => refused.Why.ToProblem(),
            Accepted<NumberFact> { Facts: [NumberClaimed claimed] } =>
                Results.Created((string?)null, await WriteAsync(change, actor.Company, claimed, stop)),
            _ => Results.Ok(present.First(view => view.Holding == holding)),
        };
    }

    private static async Task<NumberView> WriteAsync(
        FactTransaction change, string company, NumberClaimed claimed, CancellationToken stop)
    {
        var view = new NumberView(
            Guid.CreateVersion7(), claimed.Number, claimed.From, claimed.Until, claimed.OccurredAt, claimed.By, null);
        await change.ExecuteAsync("""
            insert into platform.number_ownership
              (ownership_id, number, tenant_id, held, registered_at, registered_by)
            values ($1, $2, $3, tstzrange($4, $5::timestamptz), $6, $7)
            """, stop, view.OwnershipId, view.Number, company, view.From, view.Until, view.RegisteredAt,
            view.RegisteredBy);
        await change.AppendAsync(company, $"number/{view.Number}", [claimed], stop);
        await change.CommitAsync(stop);
        return view;
    }

    private static async Task<List<NumberView>> PresentAsync(
        NpgsqlConnection connection, string company, string number, CancellationToken stop)
    {
        await using var command = connection.Command(
            $"select {NumberView.Columns} from platform.number_ownership where tenant_id = $1 and number = $2",
            company, number);
        return await command.ListAsync(NumberView.Read, stop);
    }

    /// <summary>Postgres keeps microseconds; what is kept is what is decided on.</summary>
    private static Instant Microseconds(Instant instant) =>
        Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks() / 10 * 10);
}
