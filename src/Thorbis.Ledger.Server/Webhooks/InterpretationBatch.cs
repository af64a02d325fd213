using Npgsql;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks.Reading;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>One transaction: pending webhooks to facts in streams, decided legs, parked rows and released
/// ones.</summary>
public sealed class InterpretationBatch(LedgerDatabase database, FactAppender facts)
{
    /// <returns>How many webhooks left the pending state; rows that somebody else holds are left alone.</returns>
    public async Task<int> RunAsync(List<Guid> ids, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var taken = await PendingWebhook.TakeAsync(ids, connection, stop);
        var read = taken.ConvertAll(webhook => (Webhook: webhook, Read: webhook.Read()));
        var readable = read.Where(r => r.Read.Reading is not null).Select(r => new Item(r.Webhook, r.Read.Reading!))
            .ToList();
        var known = await LoadAsync(readable, connection, stop);
        var decided = DecideLegs(readable, known);
        foreach (var item in readable)
        {
            item.Attribution ??= OwnerRules.Attribute(item.Reading, item.Webhook.Account, known);
        }
        await SettleKeysAsync(readable, decided, connection, stop);
        await facts.AppendAsync([.. readable.Where(i => i.Attribution is Attribution.To)], transaction, stop);
        await BacklogRows.CloseAsync(readable,
            [.. read.Where(r => r.Read.Problem is not null).Select(r => (r.Webhook, r.Read.Problem!))], connection,
                stop);
        await transaction.CommitAsync(stop);
        return taken.Count - readable.Count(i => i.StaysPending);
    }

    /// <summary>Starts of legs first, and among them those that a number decides: sessions follow from these.</summary>
    private static List<LegOwner> DecideLegs(List<Item> items, KnownOwners known)
    {
        var decided = new List<LegOwner>();
        var starts = items.Where(i => i.Reading is CallReading { Fact: CallInitiated } start
            && known.Leg(start.Leg with { ControlId = null, SessionId = null }) is null).ToList();
        for (var found = true; found;)
        {
            found = false;
            foreach (var item in starts.Where(i => i.Attribution is null or Attribution.Parked))
            {
                var call = (CallReading)item.Reading;
                var start = (CallInitiated)call.Fact;
                var (owner, parked) = OwnerRules.DecideLeg(call.Leg, start, item.Webhook.Account, known);
                item.Attribution = parked;
                if (owner is not null)
                {
                    known.Add(owner);
                    decided.Add(owner);
                    item.Attribution = OwnerRules.Attribute(call, item.Webhook.Account, known);
                    found = true;
                }
            }
        }
        return decided;
    }

    /// <summary>
    /// Under the locks of all keys involved: what is parked is looked at once more, legs are recorded, and whoever
    /// waits for them is let go. So no webhook begins to wait for what has just become known.
    /// </summary>
    private static async Task SettleKeysAsync(
        List<Item> items, List<LegOwner> decided, NpgsqlConnection connection, CancellationToken stop)
    {
        var made = decided.SelectMany(l =>
            new[] { "leg:" + l.LegId, "control:" + l.ControlId, "session:" + l.SessionId })
            .Concat(items.Where(i => i.Attribution is Attribution.To).Select(i => i.Reading).OfType<PortingReading>()
                .Select(p => "porting:" + p.Fact.OrderId))
            .Distinct().ToList();
        var parked = items.FindAll(i => i.Attribution is Attribution.Parked);
        if (made.Count == 0 && parked.Count == 0)
        {
            return;
        }
        await Backlog.LockAsync(made.Concat(parked.SelectMany(i => ((Attribution.Parked)i.Attribution!).Keys)),
            connection, stop);
        await OwnerTables.InsertAsync(decided, connection, stop);
        if (parked.Count > 0)
        {
            await LookAgainAsync(parked, connection, stop);
        }
        await Backlog.ReleaseLockedAsync(made, connection, stop);
    }

    /// <summary>What can be attributed after all stays pending: the next batch takes it.</summary>
    private static async Task LookAgainAsync(List<Item> parked, NpgsqlConnection connection, CancellationToken stop)
    {
        var known = await LoadAsync(parked, connection, stop);
        foreach (var item in parked)
        {
            var attribution = item.Reading is CallReading { Fact: CallInitiated start } call
                && known.Leg(call.Leg) is null
                ? (Attribution?)OwnerRules.DecideLeg(call.Leg, start, item.Webhook.Account, known).Parked
                : OwnerRules.Attribute(item.Reading, item.Webhook.Account, known);
            item.StaysPending = attribution is not Attribution.Parked;
        }
    }

    private static Task<KnownOwners> LoadAsync(List<Item> items, NpgsqlConnection connection, CancellationToken stop) =>
        OwnerTables.LoadAsync(items.ConvertAll(i => (i.Reading, i.Webhook.Account)), connection, stop);

    /// <summary>A webhook of the batch, and what becomes of it.</summary>
    internal sealed class Item(PendingWebhook webhook, WebhookReading reading)
    {
        public PendingWebhook Webhook { get; } = webhook;

        public WebhookReading Reading { get; } = reading;

        public Attribution? Attribution { get; set; }

        public bool StaysPending { get; set; }
    }
}
