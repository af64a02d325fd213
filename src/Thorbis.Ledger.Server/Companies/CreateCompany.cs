using System.Text.RegularExpressions;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Settings;

namespace Thorbis.Ledger.Server.Companies;

/// <summary>An operator opens a company.</summary>
public static partial class CreateCompany
{
    /// <param name="CompanyId">Permanent: 2 to 40 of a-z, 0-9 and hyphen, not beginning with a hyphen.</param>
    /// <param name="Zone">IANA time zone; the company's days are days there.</param>
    public sealed record CreateCompanyRequest(string CompanyId, string Name, string Zone);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/operator/companies", PostAsync).AllowOperators()
            .WithName("CreateCompany").WithSummary("Open a company.")
            .Produces<CompanyView>(201).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        CreateCompanyRequest request, HttpContext context, LedgerDatabase database, AccessLog log, IClock clock,
        IHostEnvironment environment, CancellationToken stop)
    {
        if (Refuse(request) is { } refused)
        {
            return refused;
        }
        var company = new CompanyView(
            request.CompanyId, request.Name.Trim(), request.Zone, clock.GetCurrentInstant(), null);
        if (!await InsertAsync(database, company, environment.IsDevelopment(), stop))
        {
            return Problems.Of(409, "company-exists", "There is a company of this id already.");
        }
        await log.RecordAsync(company.CompanyId, Actor.Of(context.User).Id, "company.created", null, stop);
        return Results.Created((string?)null, company);
    }

    private static IResult? Refuse(CreateCompanyRequest request)
    {
        if (!CompanyId().IsMatch(request.CompanyId))
        {
            return Problems.Invalid("companyId", "2 to 40 of a-z, 0-9 and hyphen, beginning with a letter or digit.");
        }
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200)
        {
            return Problems.Invalid("name", "A company needs a name of 1 to 200 characters.");
        }
        return DateTimeZoneProviders.Tzdb.Ids.Contains(request.Zone)
            ? null
            : Problems.Invalid("zone", "An IANA time zone, such as America/New_York.");
    }

    /// <summary>In Development the development account serves every company, so that a demo needs no set-up.</summary>
    private static async Task<bool> InsertAsync(
        LedgerDatabase database, CompanyView company, bool development, CancellationToken stop)
    {
        await using var command = database.Owner.Command("""
            with opened as (
              insert into platform.company (company_id, name, zone, created_at) values ($1, $2, $3, $4)
              on conflict do nothing returning company_id),
            served as (
              insert into platform.account_company (account_id, company_id)
              select account_id, company_id from opened, platform.telnyx_account where $5 and account_id = $6)
            select count(*) from opened
            """, company.CompanyId, company.Name, company.Zone, company.CreatedAt, development, Development.AccountId);
        return await command.ExecuteScalarAsync(stop) is 1L;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}\\z")]
    private static partial Regex CompanyId();
}
