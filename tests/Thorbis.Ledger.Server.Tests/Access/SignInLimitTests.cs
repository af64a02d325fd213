using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Thorbis.Ledger.Server.Access;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Access;

public sealed class SignInLimitTests
{
    [Fact]
    public async Task Only_the_address_that_tries_too_often_has_to_wait()
    {
        await using var app = await StartAsync(perMinute: 2);

        var answers = await TryAsync(app, "192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2");

        Assert.Equal([200, 200, 429, 200], answers);
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_subscriber_count_as_one()
    {
        await using var app = await StartAsync(perMinute: 2);

        var answers = await TryAsync(app, "2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1");

        Assert.Equal([200, 200, 429, 200], answers);
    }

    private static async Task<WebApplication> StartAsync(int perMinute)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddRateLimiter(options => SignInLimit.Configure(options, perMinute));
        var app = builder.Build();
        app.UseRouting();
        app.UseRateLimiter();
        app.MapPost("/", () => Results.Ok()).RequireRateLimiting(SignInLimit.Policy);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<int[]> TryAsync(WebApplication app, params string[] addresses)
    {
        var answers = new List<int>();
        foreach (var address in addresses)
        {
            var context = await app.GetTestServer().SendAsync(request =>
            {
                request.Request.Method = "POST";
                request.Request.Path = "/";
                request.Connection.RemoteIpAddress = IPAddress.Parse(address);
            }, TestContext.Current.CancellationToken);
            answers.Add(context.Response.StatusCode);
        }
        return [.. answers];
    }
}
