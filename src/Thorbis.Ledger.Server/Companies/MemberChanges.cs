using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Companies;

/// <summary>Changes a company's members: decision, row and fact in one transaction that locks the company.</summary>
internal sealed class MemberChanges(
    FactTransactions transactions, Memberships memberships, IdentityDatabase identity, UserManager<LedgerUser> users,
    CommandClock clock)
{
    /// <summary>Makes somebody a member; who cannot sign in yet gets an account with the password.</summary>
    /// <param name="byOperator">
    /// Only operators may bring in somebody who has an account already: a company's admin may have made that account
    /// and know its password, and would come into the other company with it.
    /// </param>
    public async Task<IResult> AddAsync(
        string company, AddMember.AddMemberRequest request, AccessActor by, bool byOperator, CancellationToken stop)
    {
        await using var change = await transactions.BeginAsync(stop);
        if (!await change.LockCompanyAsync(company, stop))
        {
            return Problems.NotFound("company");
        }
        var accounts = identity.Open().Database;
        accounts.SetDbConnection(change.Connection);
        await accounts.UseTransactionAsync(change.Transaction, stop);
        var members = await Memberships.RolesAsync(change.Connection, company, stop);
        var (user, refused) = await AccountAsync(request, members, byOperator);
        if (user is null)
        {
            return refused!;
        }
        var now = clock.GetCurrentInstant();
        var problem = await ApplyAsync(
            change, company, MemberDecider.SetRole(members, user.Id, request.Role, by, now), user.Id, stop);
        return problem ?? Results.Created(
            (string?)null, new MemberView(user.Id, user.Email ?? "", request.Role, now));
    }

    public Task<IResult> SetRoleAsync(
        string company, string userId, Role role, AccessActor by, CancellationToken stop) =>
        ChangeAsync(company, userId, (members, now) => MemberDecider.SetRole(members, userId, role, by, now), stop);

    public Task<IResult> RemoveAsync(string company, string userId, AccessActor by, CancellationToken stop) =>
        ChangeAsync(company, userId, (members, now) => MemberDecider.Remove(members, userId, by, now), stop);

    private async Task<IResult> ChangeAsync(
        string company, string userId, Func<Dictionary<string, Role>, Instant, Decision<MemberFact>> decide,
        CancellationToken stop)
    {
        await using var change = await transactions.BeginAsync(stop);
        var found = await change.LockCompanyAsync(company, stop);
        var members = await Memberships.RolesAsync(change.Connection, company, stop);
        if (!found || !members.ContainsKey(userId))
        {
            return Problems.NotFound("member");
        }
        return await ApplyAsync(change, company, decide(members, clock.GetCurrentInstant()), userId, stop)
            ?? Results.NoContent();
    }

    /// <summary>The account of an address: a new one, or for operators also one that is there.</summary>
    private async Task<(LedgerUser? User, IResult? Refused)> AccountAsync(
        AddMember.AddMemberRequest request, Dictionary<string, Role> members, bool byOperator)
    {
        var known = await users.FindByEmailAsync(request.Email);
        if (known is not null && members.ContainsKey(known.Id))
        {
            return (null, Problems.Of(409, "member-exists", "This address is a member already."));
        }
        if (known is not null)
        {
            return byOperator
                ? (known, null)
                : (null, Problems.Of(409, "address-known", "This address has an account already.",
                    "Only an operator of the platform can add it to another company."));
        }
        var user = new LedgerUser { UserName = request.Email, Email = request.Email };
        var made = await users.CreateAsync(user, request.Password ?? "");
        var error = made.Errors.FirstOrDefault();
        return error is null ? (user, null) : (null, Problems.Invalid(
            error.Code.StartsWith("Password", StringComparison.Ordinal) ? "password" : "email", error.Description));
    }

    private async Task<IResult?> ApplyAsync(
        FactTransaction change, string company, Decision<MemberFact> decision, string userId, CancellationToken stop)
    {
        if (decision is Refused<MemberFact> refused)
        {
            return refused.Why.ToProblem();
        }
        var facts = ((Accepted<MemberFact>)decision).Facts;
        foreach (var fact in facts)
        {
            await WriteRowAsync(change, company, fact, stop);
        }
        await change.AppendAsync(company, $"member/{userId}", facts, stop);
        await change.CommitAsync(stop);
        memberships.Forget($"user:{userId}");
        return null;
    }

    private static Task<int> WriteRowAsync(
        FactTransaction change, string company, MemberFact fact, CancellationToken stop) => fact switch
        {
            MemberJoined joined => change.ExecuteAsync(
                "insert into platform.member (user_id, tenant_id, role, joined_at) values ($1, $2, $3, $4)",
                stop, joined.UserId, company, Words.Of(joined.Role), joined.OccurredAt),
            MemberRoleChanged changed => change.ExecuteAsync(
                "update platform.member set role = $3 where user_id = $1 and tenant_id = $2",
                stop, changed.UserId, company, Words.Of(changed.Role)),
            MemberRemoved removed => change.ExecuteAsync(
                "delete from platform.member where user_id = $1 and tenant_id = $2", stop, removed.UserId, company),
            _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
        };
}
