using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>How a change was asked for.</summary>
/// <param name="Version">The one that was seen; null where any will do.</param>
internal sealed record Edit(string? Reason, Instant? EffectiveAt, int? Version = null);

/// <summary>What a command is decided on, while nobody else can change the company.</summary>
/// <param name="Inventory">Of the instant from which on the change shall hold.</param>
/// <param name="Change">Who asks for it, and how.</param>
internal sealed record Scene(ConfigurationHistory History, Inventory Inventory, Change Change, Instant Now)
{
    /// <summary>From when on the change shall hold.</summary>
    public Instant From => Change.From(Now);

    /// <summary>All that names others then.</summary>
    public IEnumerable<Reference> References =>
        [.. Inventory.Elsewhere, .. Domain.Routing.References.Of(History.BookAt(From))];
}

/// <summary>What came of a command.</summary>
/// <param name="Version">How many facts the stream has now.</param>
/// <param name="Made">False when it was already so, and nothing was recorded.</param>
internal sealed record Changed(int Version, bool Made);

/// <summary>Carries out commands on a company's configuration, one at a time: each reads what the one before
/// recorded.</summary>
internal sealed class ConfigurationChanges(
    FactTransactions transactions, Configurations configurations, CommandClock clock)
{
    /// <param name="stream">Of the thing that is changed.</param>
    /// <param name="thing">In words, for who asks for one that there is not.</param>
    /// <param name="decide">Null for no such thing.</param>
    /// <param name="answer">To what came of it; the <c>ETag</c> has the version.</param>
    public Task<IResult> ApplyAsync<TFact>(
        HttpContext context, string stream, string thing, Edit edit, Func<Scene, Decision<TFact>?> decide,
        Func<Changed, IResult> answer, CancellationToken stop)
        where TFact : ConfigurationFact => ApplyAsync(
        context, stream, thing, edit, (scene, _) => Task.FromResult(decide(scene)), answer, stop);

    /// <param name="decide">The same, on what tables beside the facts have; what it writes there is committed with the
    /// facts that it gives.</param>
    public async Task<IResult> ApplyAsync<TFact>(
        HttpContext context, string stream, string thing, Edit edit,
        Func<Scene, FactTransaction, Task<Decision<TFact>?>> decide, Func<Changed, IResult> answer,
        CancellationToken stop)
        where TFact : ConfigurationFact
    {
        var company = Actor.Of(context.User).Company;
        await using var transaction = await transactions.BeginAsync(stop);
        await transaction.LockCompanyAsync(company, stop);
        var scene = await SceneAsync(transaction.Connection, company, ChangeOf(context, edit), stop);
        var version = scene.History.Of(stream).Count;
        switch (await decide(scene, transaction))
        {
            case null:
                return Problems.NotFound(thing);
            case Refused<TFact> { Why.Code: Refusal.StaleEdit } stale:
                return Problems.StaleEdit(stale.Why.Detail, edit.Version ?? version, version);
            case Refused<TFact> refused:
                return refused.Why.ToProblem();
            case Accepted<TFact> { Facts: [_, ..] facts }:
                await transaction.AppendAsync(company, stream, facts, stop);
                await transaction.CommitAsync(stop);
                return Answer(new(version + facts.Count, true));
            default:
                return Answer(new(version, false));
        }

        IResult Answer(Changed changed)
        {
            VersionTag.Write(context.Response, changed.Version);
            return answer(changed);
        }
    }

    /// <summary>What commands of a company are decided on; it must be locked.</summary>
    internal async Task<Scene> SceneAsync(
        NpgsqlConnection connection, string company, Change change, CancellationToken stop)
    {
        var history = await configurations.ReadAsync(connection, company, stop);
        // Never before the last: what was known at an instant is then the same by time and by sequence.
        var now = history.Changes is [.., var last]
            ? Instant.Max(clock.GetCurrentInstant(), last.Fact.OccurredAt)
            : clock.GetCurrentInstant();
        var from = change.From(now);
        var inventory = history.InventoryAt(
            from, await NumbersAsync(connection, company, from, stop),
            (await Memberships.RolesAsync(connection, company, stop)).Keys.ToHashSet(), DateTimeZoneProviders.Tzdb);
        return new(history, inventory, change, now);
    }

    internal static Change ChangeOf(HttpContext context, Edit edit) => new(
        Actor.Of(context.User).Id, string.IsNullOrWhiteSpace(edit.Reason) ? null : edit.Reason,
        ClientAddress.Of(context), edit.EffectiveAt, edit.Version);

    /// <summary>The company's numbers at an instant; also those that no operator confirmed yet, so that rules can be
    /// made ready for them.</summary>
    internal static async Task<HashSet<string>> NumbersAsync(
        NpgsqlConnection connection, string company, Instant at, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select number from platform.number_ownership where tenant_id = $1 and held @> $2::timestamptz", company,
            at);
        return [.. await command.ListAsync(row => row.GetString(0), stop)];
    }
}
