using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>What drafts are decided on.</summary>
/// <param name="NameOf">The name of a member or schedule.</param>
internal sealed record DraftScene(Scene Scene, RoutingPast Past, Func<string, string> NameOf)
{
    public Instant Now => Scene.Now;

    /// <summary>Names where some are only drafted.</summary>
    public Func<string, string> NamesIn(ConfigurationHistory drafted) =>
        id => drafted.Schedules.GetValueOrDefault(id)?.Last.Terms.Name ?? NameOf(id);

    /// <summary>The company's history as if the draft had just been made.</summary>
    /// <returns>Null with what cannot be taken, always by its field.</returns>
    public (ConfigurationHistory? History, Refusal? Why) With(ConfigurationDraft? draft) =>
        draft is null ? (Scene.History, null)
        : DraftDecider.Decide(Scene.History, draft, Scene.Change, Scene.Inventory, Now) switch
        {
            Accepted<ConfigurationFact> { Facts: var facts } => (DraftDecider.With(Scene.History, facts), null),
            Refused<ConfigurationFact> { Why: var why } => (null, why with
            {
                Field = string.IsNullOrEmpty(why.Field) ? "draft" : $"draft.{why.Field}",
            }),
            _ => (null, null),
        };
}

/// <summary>Opens what drafts are decided on. Nothing is locked, since nothing is changed.</summary>
internal sealed class Drafts(LedgerDatabase database, ConfigurationChanges changes, RoutingPasts pasts)
{
    /// <param name="asKnownNow">Of customers; else as known at the instant of each call.</param>
    /// <remarks>By the owner login, which alone sees who the members are.</remarks>
    public async Task<DraftScene> OpenAsync(HttpContext context, bool asKnownNow, CancellationToken stop)
    {
        var company = Actor.Of(context.User).Company;
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        var scene = await changes.SceneAsync(
            connection, company, ConfigurationChanges.ChangeOf(context, new Edit(null, null)), stop);
        var past = await pasts.ReadAsync(connection, company, asKnownNow ? scene.Now : null, stop);
        return new(scene, past, await pasts.NamesAsync(company, scene.History, stop));
    }
}
