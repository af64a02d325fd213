using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Access;

[Collection<LedgerTests>]
public sealed class GuardTests(LedgerHost ledger)
{
    [Fact]
    public void Every_operation_but_the_sign_in_asks_who_comes()
    {
        var open = Operations().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
            && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null);

        Assert.Equal(["/api/v1/sign-in"], open.Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public void Every_operation_has_a_name_and_a_summary()
    {
        var nameless = Operations().Where(endpoint =>
            endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is null
            || endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>() is null);

        Assert.Empty(nameless.Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public async Task Who_is_not_signed_in_gets_a_problem_and_no_redirect() =>
        (await ledger.Anonymous().GetAsync("operator/companies")).IsProblem(401, "unauthenticated");

    [Fact]
    public async Task An_operator_sees_no_companys_numbers() =>
        (await (await ledger.OperatorAsync()).GetAsync("numbers")).IsProblem(403, "forbidden");

    [Fact]
    public async Task A_companys_owner_is_no_operator()
    {
        var owner = await ledger.MemberAsync(await ledger.CompanyAsync(), Domain.Companies.Role.Owner);

        (await owner.GetAsync("operator/companies")).IsProblem(403, "forbidden");
    }

    private IEnumerable<RouteEndpoint> Operations() =>
        ledger.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true);
}
