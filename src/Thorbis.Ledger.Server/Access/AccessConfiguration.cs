using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Thorbis.Ledger.Server.Companies;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Settings;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Who may come in and what he may do: services, pipeline and operations.</summary>
public static class AccessConfiguration
{
    /// <summary>By cookie or by key, as the request has one or the other.</summary>
    private const string EitherScheme = "cookie-or-key";

    /// <remarks>
    /// Settings are read when the host starts, where a <see cref="SettingException"/> ends the process in order.
    /// </remarks>
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.AddProblems().Services;
        services.AddSingleton(_ => LedgerSettings.Read(builder.Configuration)).AddHostedService<StartChecks>();
        services.AddSingleton<AccessLog>().AddSingleton<FactTransactions>().AddSingleton<Memberships>();
        services.AddSingleton<IStillAllowed>(provider => provider.GetRequiredService<Memberships>());
        services.AddScoped<Credentials>().AddScoped<MemberChanges>();
        services.AddUsers();
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0
                    ? ApiKeyAuthentication.SchemeName
                    : CookieAuthentication.SchemeName)
            .AddCookie(CookieAuthentication.SchemeName, CookieAuthentication.Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorization().AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>();
        services.AddAntiforgery(options =>
        {
            options.HeaderName = AntiforgeryGuard.Header;
            options.Cookie.Name = "ledger-antiforgery";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddRateLimiter(_ => { }).AddOptions<RateLimiterOptions>().Configure<LedgerSettings>(
            (options, settings) => SignInLimit.Configure(options, settings.SignInsPerMinute));
        return builder;
    }

    /// <summary>After <see cref="ProblemResponses.UseProblems"/>, before the endpoints.</summary>
    public static WebApplication UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<AntiforgeryGuard>();
        return app;
    }

    /// <summary>All operations on sessions, companies, members, keys, numbers and Telnyx accounts.</summary>
    public static RouteGroupBuilder MapAccess(this RouteGroupBuilder api)
    {
        Action<RouteGroupBuilder>[] operations =
        [
            SignIn.Map, GetSession.Map, CreateApiKey.Map, RevokeApiKey.Map,
            CreateCompany.Map, GetCompanies.Map, SuspendCompany.Map, AddMember.Map, GetMembers.Map, ChangeMember.Map,
            ClaimNumber.Map, GetNumbers.Map, ConfirmNumber.Map,
            TelnyxAccounts.Map, TelnyxKeys.Map, TelnyxLinks.Map, GetQuarantine.Map,
        ];
        foreach (var map in operations)
        {
            map(api);
        }
        return api;
    }

    /// <summary>Brings schema <c>identity</c> to the present version; harmless when it is there already.</summary>
    public static async Task MigrateIdentityAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDatabase>().Open().Database.MigrateAsync(stop);
    }

    private static void AddUsers(this IServiceCollection services)
    {
        services.AddScoped<IdentityDatabase>().AddScoped(provider =>
            provider.GetRequiredService<IdentityDatabase>().Users(
                provider.GetRequiredService<IdentityErrorDescriber>()));
        services.AddIdentityCore<LedgerUser>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.User.AllowedUserNameCharacters = "";
            // Length is what counts: NIST SP 800-63B, 3.1.1.2, advises against rules of composition.
            options.Password = new PasswordOptions
            {
                RequiredLength = 10,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
                RequiredUniqueChars = 4,
            };
        });
        services.AddDataProtection().SetApplicationName("thorbis-ledger");
        services.AddSingleton<CookieKeyRing>().AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = provider.GetRequiredService<CookieKeyRing>()));
    }
}
