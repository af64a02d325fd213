using Microsoft.AspNetCore.Authentication;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>A person comes in by e-mail address and password, and gets a cookie.</summary>
public static class SignIn
{
    /// <param name="Company">The company to act in; without one, the first that is not suspended.</param>
    public sealed record SignInRequest(string Email, string Password, string? Company = null);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sign-in", PostAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy)
            .WithName("SignIn").WithSummary("Sign in with e-mail address and password; sets a cookie.")
            .Produces<SessionView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
        api.MapPost("/sign-out", SignOutAsync).RequireAuthorization()
            .WithName("SignOut").WithSummary("Sign out: the cookie is taken back.").Produces(204);
    }

    private static async Task<IResult> PostAsync(
        SignInRequest request, HttpContext context, Credentials credentials, Memberships memberships, AccessLog log,
        CancellationToken stop)
    {
        var (user, accepted) = await credentials.CheckAsync(request.Email, request.Password);
        var standing = user is null ? new(false, []) : await memberships.OfUserAsync(user.Id, stop);
        if (user is null || !accepted)
        {
            await RecordRefusalAsync(context, user, standing, log);
            return Refused();
        }
        var active = standing.Choose(request.Company);
        if (active is null && request.Company is not null)
        {
            return Problems.Invalid("company", "You are not a member of this company.");
        }
        return active is { Suspended: true } && !standing.IsOperator
            ? AccessRefusals.Suspended()
            : await EnterAsync(context, user, active, standing, log);
    }

    private static async Task RecordRefusalAsync(
        HttpContext context, LedgerUser? user, UserStanding standing, AccessLog log)
    {
        var from = context.Connection.RemoteIpAddress?.ToString();
        // Not the address that was typed: it may be a password, or anything else.
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignIn))
            .LogWarning("Sign-in refused from {Address} for {User}.", from, user?.Id ?? "an unknown account");
        foreach (var company in standing.Companies)
        {
            await log.RecordAsync(
                company.CompanyId, $"user:{user?.Id}", "sign-in.refused", from, context.RequestAborted);
        }
    }

    private static async Task<IResult> EnterAsync(
        HttpContext context, LedgerUser user, CompanyRole? active, UserStanding standing, AccessLog log)
    {
        if (active is not null)
        {
            await log.RecordAsync(active.CompanyId, $"user:{user.Id}", "sign-in.accepted",
                context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        }
        await context.SignInAsync(CookieAuthentication.SchemeName, Principals.ForCookie(user, active?.CompanyId));
        return Results.Ok(SessionView.Of(context, user, active, standing));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, AccessLog log, CancellationToken stop)
    {
        if (Actor.Of(context.User) is { CompanyId: { } company } actor)
        {
            await log.RecordAsync(company, actor.Id, "signed-out", null, stop);
        }
        await context.SignOutAsync(CookieAuthentication.SchemeName);
        return Results.NoContent();
    }

    /// <summary>One answer for unknown address, wrong password and locked account.</summary>
    private static IResult Refused() => Problems.Of(
        StatusCodes.Status401Unauthorized, "sign-in-refused", "E-mail address or password is wrong.",
        "After several wrong passwords an account is closed for a few minutes.");
}
