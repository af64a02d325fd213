namespace Thorbis.Ledger.Server.ChangeSets;

/// <summary>Wires change sets.</summary>
public static class ChangeSetSetup
{
    public static IServiceCollection AddChangeSets(this IServiceCollection services) => services
        .AddSingleton<ChangeSetPublisher>()
        .AddSingleton<ChangeSetClock>()
        .AddHostedService(provider => provider.GetRequiredService<ChangeSetClock>());

    public static void MapChangeSets(this RouteGroupBuilder api)
    {
        var sets = api.MapGroup("/change-sets").WithTags("Change sets");
        GetChangeSets.Map(sets);
        WriteChangeSet.Map(sets);
        PublishChangeSet.Map(sets);
    }

    internal static string StreamOf(Guid changeSetId) => $"changeset/{changeSetId}";
}
