using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.ChangeSets;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.ChangeSets;

/// <summary>What came of a publication.</summary>
/// <param name="Refused">Why not; null when it was recorded or was so already.</param>
internal sealed record Published(ChangeSet Set, Refusal? Refused, int Facts);

/// <summary>Records a change set and all that it changes in one transaction.</summary>
internal sealed class ChangeSetPublisher(
    FactTransactions transactions, ConfigurationChanges changes, IClock clock)
{
    /// <param name="at">Null for at once.</param>
    /// <returns>Null for no such change set.</returns>
    public Task<Published?> PublishAsync(
        string company, Guid id, Instant? at, Change change, CancellationToken stop) => RecordAsync(
        company, id, change with { EffectiveAt = at },
        (set, scene) => ChangeSetDecider.Publish(set, at, scene.History, change, scene.Inventory, scene.Now), stop);

    /// <summary>Publishes a scheduled one whose instant has come, or tells why it lapsed.</summary>
    /// <param name="planned">The instant.</param>
    public Task<Published?> DueAsync(string company, Guid id, Instant planned, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return RecordAsync(
            company, id, new("", EffectiveAt: planned > now ? planned : null),
            (set, scene) => ChangeSetDecider.Due(set, scene.History, scene.Inventory, scene.Now), stop);
    }

    private async Task<Published?> RecordAsync(
        string company, Guid id, Change change, Func<ChangeSet, Scene, Publication> decide, CancellationToken stop)
    {
        await using var transaction = await transactions.BeginAsync(stop);
        await transaction.LockCompanyAsync(company, stop);
        var scene = await changes.SceneAsync(transaction.Connection, company, change, stop);
        if (scene.History.ChangeSets.GetValueOrDefault($"{id}") is not { } set)
        {
            return null;
        }
        var (decision, told) = decide(set, scene);
        if (decision is Refused<ChangeSetFact> refused)
        {
            return new(set, refused.Why, 0);
        }
        var facts = ((Accepted<ChangeSetFact>)decision).Facts;
        foreach (var stream in told.GroupBy(DraftDecider.StreamOf))
        {
            await transaction.AppendAsync(company, stream.Key, stream, stop);
        }
        if (facts.Count > 0)
        {
            await transaction.AppendAsync(company, ChangeSetSetup.StreamOf(id), facts, stop);
        }
        var after = facts.Aggregate(set, (state, fact) => ChangeSet.Evolve(state, fact)!);
        await WriteDueAsync(transaction, company, after, stop);
        await transaction.CommitAsync(stop);
        return new(after, null, told.Count);
    }

    /// <summary>What the clock looks at: only those that wait for their instant.</summary>
    private static Task<int> WriteDueAsync(
        FactTransaction transaction, string company, ChangeSet set, CancellationToken stop) =>
        set.PublishAt is { } at
            ? transaction.ExecuteAsync(
                """
                insert into platform.change_set_due (tenant_id, change_set_id, due_at) values ($1, $2, $3)
                on conflict (tenant_id, change_set_id) do update set due_at = excluded.due_at
                """,
                stop, company, set.Id, at)
            : transaction.ExecuteAsync(
                "delete from platform.change_set_due where tenant_id = $1 and change_set_id = $2", stop, company,
                set.Id);
}
