using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>The companies of the demonstration in the ledger, with their members and numbers.</summary>
internal sealed class DemoCompanies(Uri url, LedgerSession operators)
{
    public static readonly IReadOnlyList<string> Roles = ["owner", "admin", "manager", "member", "billing", "auditor"];
    private const int Conflict = 409;

    /// <summary>One member per role; the domain is reserved for examples.</summary>
    public static string Email(SimulatedCompany company, string role) => $"{role}@{company.CompanyId}.example";

    public static string Password(string role) => $"development-{role}";

    public Task<LedgerSession> OwnerAsync(SimulatedCompany company, CancellationToken stop) =>
        LedgerSession.SignInAsync(url, Email(company, "owner"), Password("owner"), company.CompanyId, stop);

    /// <summary>Adds what is missing, and changes nothing that is there.</summary>
    /// <param name="heldFrom">From when on the companies hold their numbers, and their members are members.</param>
    public async Task EnsureAsync(SimulatedCompany company, Instant heldFrom, CancellationToken stop)
    {
        var companies = (await operators.GetAsync("/api/v1/operator/companies?limit=500", stop)).OrThrow().Items;
        if (!companies.Any(known => LedgerReply.Text(known, "companyId") == company.CompanyId))
        {
            var created = new { companyId = company.CompanyId, name = company.Name, zone = company.Zone };
            (await operators.PostAsync("/api/v1/operator/companies", created, stop)).OrThrow(Conflict);
        }
        await EnsureMembersAsync(company, heldFrom, stop);
        using var owner = await OwnerAsync(company, stop);
        await EnsureNumbersAsync(company, owner, heldFrom, stop);
    }

    private async Task EnsureMembersAsync(SimulatedCompany company, Instant since, CancellationToken stop)
    {
        var path = $"/api/v1/operator/companies/{company.CompanyId}/members";
        var known = (await operators.GetAsync(path, stop)).OrThrow().Items
            .Select(member => LedgerReply.Text(member, "email")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var role in Roles.Where(role => !known.Contains(Email(company, role))))
        {
            var member = new { email = Email(company, role), password = Password(role), role };
            (await operators.SendAsync(
                HttpMethod.Post, path, member,
                headers => headers.Add(DemoConfiguration.ClockHeader, since.ToString()), stop)).OrThrow(Conflict);
        }
    }

    private async Task EnsureNumbersAsync(
        SimulatedCompany company, LedgerSession owner, Instant heldFrom, CancellationToken stop)
    {
        var known = (await owner.GetAsync("/api/v1/numbers?limit=500", stop)).OrThrow().Items;
        foreach (var number in company.Numbers)
        {
            var claims = known.Where(claim => LedgerReply.Text(claim, "number") == number).ToList();
            if (claims.Exists(Confirmed))
            {
                continue;
            }
            var claim = claims is [var first, ..]
                ? LedgerReply.Text(first, "ownershipId")
                : (await owner.PostAsync("/api/v1/numbers", new { number, from = heldFrom.ToString() }, stop))
                    .OrThrow().Text("ownershipId");
            (await operators.PostAsync($"/api/v1/operator/numbers/{claim}/confirm", null, stop)).OrThrow();
        }
    }

    private static bool Confirmed(JsonElement claim) => LedgerReply.Text(claim, "confirmedAt") is not null;
}
