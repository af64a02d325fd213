using System.Globalization;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>What was decided once.</summary>
/// <param name="Version">From 1 on, without gaps.</param>
/// <param name="Sequence">Its place in the ledger, for <c>asKnownSeq</c>.</param>
/// <param name="Kind">Stored name of the fact, as in docs/events.md.</param>
/// <param name="EffectiveAt">From then on it is in force.</param>
/// <param name="Address">The IP address it was done from; left out when not known.</param>
/// <param name="ChangeSet">The change set it was published with.</param>
public sealed record VersionView(
    int Version, long Sequence, string Kind, Instant RecordedAt, Instant EffectiveAt, string By, string? Reason,
    string? Address, Guid? ChangeSet)
{
    internal static VersionView Of(RecordedChange change, int version) => new(
        version, change.Sequence, FactCatalogue.NameOf(change.Fact.GetType()), change.Fact.OccurredAt,
        change.Fact.EffectiveAt, change.Fact.By, change.Fact.Reason, change.Fact.Address, change.Fact.ChangeSet);
}

/// <summary>All that was ever decided of one thing of the configuration.</summary>
internal static class ConfigurationVersions
{
    private const string Action = "versions.read";

    /// <summary>Declares a list of versions, as <see cref="ListAsync"/> answers it; reading it is on record.</summary>
    /// <param name="of">What they are of, in words.</param>
    public static RouteHandlerBuilder DeclareVersions(
        this RouteHandlerBuilder endpoint, Role[] permission, string name, string of) => endpoint
        .Allow(permission).Recorded(Action, (Page<VersionView> page) => page.Items.Count)
        .WithName(name).WithSummary($"What was decided of {of}, the latest first.")
        .Produces<Page<VersionView>>().ProducesProblem(404).ProducesProblem(422);

    /// <summary>Declares one version, whole; reading it is on record.</summary>
    /// <typeparam name="TView">What it is answered as.</typeparam>
    public static RouteHandlerBuilder DeclareVersion<TView>(
        this RouteHandlerBuilder endpoint, Role[] permission, string name, string summary) => endpoint
        .Allow(permission).Recorded(Action).WithName(name).WithSummary(summary)
        .Produces<TView>().ProducesProblem(404);

    /// <summary>The latest first.</summary>
    /// <param name="thing">In words, for the 404 of one that never was; null where there always is one.</param>
    public static async Task<IResult> ListAsync(
        ConfigurationReading reading, HttpContext context, PageAsk ask, string stream, string? thing,
        CancellationToken stop)
    {
        if (PageRequest.Refuse(ask.Cursor, ask.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var before = int.MaxValue;
        if (after.Length > 0
            && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Problems.Invalid("cursor", "This is not a cursor of this list.");
        }
        var changes = (await reading.ReadAsync(context.User, stop)).Of(stream);
        return changes.Count == 0 && thing is not null
            ? Problems.NotFound(thing)
            : Results.Ok(Page.Of(
                changes.Select((change, i) => VersionView.Of(change, i + 1)).Reverse()
                    .Where(view => view.Version < before).Take(size + 1).ToList(),
                size, view => [$"{view.Version}"]));
    }
}
