using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: the database is reachable, and every projection runs
/// and is within its lag.
/// </summary>
public static class Health
{
    private const string Ready = "ready";

    public static void AddLedgerHealth(this IServiceCollection services)
    {
        services.AddSingleton<ProjectionLag>();
        services.AddHostedService(provider => provider.GetRequiredService<ProjectionLag>());
        services.AddHealthChecks().AddCheck<ProjectionsCheck>("projections", tags: [Ready]);
    }

    public static void MapLedgerHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) })
            .AllowAnonymous();
    }

    private sealed class ProjectionsCheck(ProjectionLag lag) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                var late = (await lag.MeasureAsync(cancellationToken)).Where(shard => shard.Age > ProjectionLag.AgeMax)
                    .ToList();
                return late.Count == 0
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy(
                        string.Join("; ", late.Select(l => $"{l.Name} is {l.Facts} facts behind")));
            }
            catch (NpgsqlException problem)
            {
                return HealthCheckResult.Unhealthy("The database cannot be reached.", problem);
            }
        }
    }
}
