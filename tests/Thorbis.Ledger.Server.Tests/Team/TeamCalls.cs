using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Schedules;

namespace Thorbis.Ledger.Server.Tests.Team;

/// <summary>How members say, and are told, how they take calls.</summary>
internal static class TeamCalls
{
    /// <summary>A new company with one member of a role, signed in.</summary>
    public static async Task<(string Company, string UserId, Caller Caller)> TeamMemberAsync(
        this LedgerHost ledger, Role role)
    {
        var company = await ledger.CompanyAsync();
        var (userId, email) = await ledger.AddMemberAsync(company, role);
        var caller = ledger.Anonymous();
        (await caller.SignInAsync(email, LedgerHost.Password)).Is(200);
        return (company, userId, caller);
    }

    /// <summary>Stored names of what was recorded of a member, in order.</summary>
    public static Task<List<string>> TeamFactsAsync(this LedgerHost ledger, string company, string member) =>
        ledger.RowsAsync(
            "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version", company,
            $"team/{member}");

    public static Task<Answer> AvailAsync(this Caller caller, string member, string availability) =>
        caller.PutAsync($"team/{member}/availability", new { availability });

    public static Task<Answer> TermsAsync(this Caller caller, string member, int version, object terms) =>
        caller.ChangeAsync(HttpMethod.Put, $"team/{member}/terms", $"\"{version}\"", terms);

    /// <summary>Of one of a list.</summary>
    public static string? Member(this JsonElement one) => one.GetProperty("member").GetString();
}
