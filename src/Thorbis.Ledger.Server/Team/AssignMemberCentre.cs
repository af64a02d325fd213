using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Team;

/// <summary>Says to which cost centre the calls and messages of a member's phones belong, from a day on.</summary>
/// <remarks>What becomes known after it follows it, from its day on; what was there before stays where it is. Phones
/// are those of <see cref="SetTeamTerms"/>.</remarks>
public static class AssignMemberCentre
{
    /// <param name="CostCentre">Such as a location or an account of the books; empty for none of his own.</param>
    /// <param name="From">First day, <c>2026-11-01</c>, in the company's zone; today when left out.</param>
    public sealed record AssignRequest(string CostCentre, string? From = null, string? Reason = null);

    /// <param name="From">First day, in the zone it was said in.</param>
    public sealed record MemberCentreView(string Member, LocalDate From, string CostCentre);

    public static void Map(RouteGroupBuilder api)
    {
        var centres = api.MapGroup("/team/{member}/cost-centres").WithTags("Costs");
        centres.MapPost("", Post).Allow(Permissions.ManageRates)
            .WithName("AssignMemberCentre")
            .WithSummary("Say to which cost centre a member's calls and messages belong, from a day on.")
            .Produces<MemberCentreView>().ProducesProblem(404).ProducesProblem(422);
        centres.MapGet("", GetAsync).Allow(Permissions.ReadCosts)
            .WithName("GetMemberCentres").WithSummary("A member's cost centres by the day each begins on.")
            .Produces<IReadOnlyList<MemberCentreView>>().ProducesProblem(404);
    }

    private static Task<IResult> Post(
        [Description("Id of the user, as rules name him.")] string member, AssignRequest request,
        [AsParameters] DatedChange change, Memberships memberships, CancellationToken stop) =>
        change.SayAsync<MemberCentreAssigned>(
            TeamSetup.Thing, request.From, request.Reason,
            async (facts, company, said) => !await IsMemberAsync(memberships, company, member, stop) ? null
                : CostCentreDecider.Assign(
                    await ToldAsync(facts.Connection, company, member, stop), member, request.CostCentre, said),
            (facts, company, _, fact) => facts.AppendAsync(company, StreamOf(member), [fact], stop),
            from => Results.Ok(new MemberCentreView(member, from, request.CostCentre)));

    private static async Task<IResult> GetAsync(
        [Description("Id of the user, as rules name him.")] string member, ClaimsPrincipal user,
        Memberships memberships, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return await IsMemberAsync(memberships, company, member, stop)
            ? await database.ReadAsync(company, async connection =>
                Results.Ok((await ToldAsync(connection, company, member, stop))
                    .GroupBy(told => told.From, (from, told) => new MemberCentreView(
                        member, from, told.Last().CostCentre))
                    .OrderBy(centre => centre.From)), stop)
            : Problems.NotFound(TeamSetup.Thing);
    }

    private static string StreamOf(string member) => $"member/{member}";

    private static async Task<bool> IsMemberAsync(
        Memberships memberships, string company, string member, CancellationToken stop) =>
        (await memberships.MembersAsync(company, stop)).Exists(one => one.UserId == member);

    /// <summary>All that was assigned to him, in the ledger's order.</summary>
    private static async Task<IEnumerable<MemberCentreAssigned>> ToldAsync(
        NpgsqlConnection connection, string company, string member, CancellationToken stop) =>
        (await StreamReading.ReadAsync(connection, company, StreamOf(member), long.MaxValue, stop))
        .Select(e => e.Fact).OfType<MemberCentreAssigned>();
}
