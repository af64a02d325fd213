using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>What a newcomer needs to look around, in lines that no terminal breaks: they are to be copied.</summary>
internal static class DemoWelcome
{
    /// <param name="key">The secret of an API key of the first company's.</param>
    /// <param name="auditor">The same of the role auditor.</param>
    /// <param name="delivered">Where its closed months go.</param>
    public static void Write(TextWriter output, Uri url, string key, string auditor, Instant now, string delivered)
    {
        var company = SimulatedCompany.Demonstration[0];
        output.WriteLine($"\nThorbis Ledger is at {url} (the API at {new Uri(url, "/docs")})\n");
        output.WriteLine($"Sign-ins of {company.Name}; {Others()}:");
        foreach (var role in DemoCompanies.Roles)
        {
            WriteSignIn(output, role, DemoCompanies.Email(company, role), DemoCompanies.Password(role));
        }
        WriteSignIn(output, "operator", DevelopmentOperator.Email, DevelopmentOperator.Password);
        output.WriteLine($"\nClosed months of {company.Name} are delivered to {delivered}.");
        output.WriteLine($"\nAPI key of {company.Name}: {key}");
        output.WriteLine($"An auditor's (docs/auditing.md asks three questions with it): {auditor}\n");
        foreach (var path in Paths(company, now))
        {
            output.WriteLine($"curl -s -H 'Authorization: Bearer {key}' '{new Uri(url, path)}'");
        }
        output.WriteLine($"curl -s -H 'Authorization: Bearer {key}' -H 'Content-Type: text/csv' "
            + $"-X POST --upload-file {DemoMoney.RecordsFile} '{new Uri(url, Reconciliations(company, now))}'");
        output.WriteLine();
    }

    private static string Others()
    {
        var domains = SimulatedCompany.Demonstration.Skip(1).Select(company => $"{company.CompanyId}.example");
        return $"the same at {string.Join(" and ", domains)}";
    }

    private static void WriteSignIn(TextWriter output, string role, string email, string password) =>
        output.WriteLine($"  {role,-9} {email,-28} {password}");

    private static string[] Paths(SimulatedCompany company, Instant now)
    {
        var today = now.InZone(DateTimeZoneProviders.Tzdb[company.Zone]).Date;
        var range = $"from={Date(today.PlusDays(-30))}&to={Date(today.PlusDays(1))}&zone={company.Zone}";
        return
        [
            $"/api/v1/usage?{range}&by=day",
            "/api/v1/calls?limit=20",
            $"/api/v1/usage/cost-centres?{range}",
            "/api/v1/calls?customer=MARINA-1&limit=20",
            $"/api/v1/costs?{range}&by=service,number",
            $"/api/v1/costs?{range}&by=cost-centre",
            "/api/v1/statements",
            "/api/v1/deliveries",
            "/api/v1/budgets",
            $"/api/v1/exports/usage.csv?{range}",
        ];
    }

    /// <summary>Compares the carrier's file of yesterday.</summary>
    private static string Reconciliations(SimulatedCompany company, Instant now)
    {
        var today = now.InZone(DateTimeZoneProviders.Tzdb[company.Zone]).Date;
        return $"/api/v1/reconciliations?from={Date(today.PlusDays(-1))}&to={Date(today)}";
    }

    private static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
