using System.Diagnostics;
using Marten;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Settings;
using Thorbis.Ledger.Server.Webhooks;
using Thorbis.Ledger.Server.Webhooks.Reading;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>
/// A ledger filled without its intake: a month of simulated webhooks, read and attributed by the server's own code,
/// and copied into the event tables in the order of time.
/// </summary>
internal sealed class Seed(LedgerAtHand ledger)
{
    private const int ChunkLength = 20_000;

    /// <summary>30 days that end at a midnight of the company's zone.</summary>
    public static readonly Instant From = Instant.FromUtc(2026, 9, 1, 4, 0);

    public static readonly Instant Until = From + Duration.FromDays(30);

    private const string EventsCopy = """
        copy ledger.mt_events
          (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, causation_id, is_archived)
        from stdin (format binary)
        """;

    private const string StreamsCopy =
        "copy ledger.mt_streams (id, version, timestamp, created, tenant_id, is_archived) from stdin (format binary)";

    private readonly Dictionary<string, long> versions = [];
    private readonly List<Told> chunk = [];
    private long sequence;

    private sealed record Told(string Stream, long Version, SimulatedWebhook Webhook, Fact Fact);

    /// <summary>Fills an empty ledger with so many facts of <see cref="Traffic.Company"/>.</summary>
    public async Task FactsAsync(int facts, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var known = Known();
        sequence = await ledger.NumberAsync("select coalesce(max(seq_id), 0) from ledger.mt_events", stop);
        foreach (var webhook in TrafficModel.Play(Options(facts).Distinct()))
        {
            Add(webhook, known);
            if (chunk.Count >= ChunkLength)
            {
                await CopyAsync(stop);
            }
        }
        await CopyAsync(stop);
        await SettleAsync(ledger, stop);
        Rig.Tell($"seeded {Rig.Number(sequence)} facts of {Rig.Number(versions.Count)} calls and messages in "
            + $"{Stopwatch.GetElapsedTime(since).TotalSeconds:F0} s");
    }

    /// <summary>What bulk writing leaves undone: versions, the sequence, statistics.</summary>
    public static async Task SettleAsync(LedgerAtHand ledger, CancellationToken stop)
    {
        await ledger.ExecuteAsync("""
            update ledger.mt_streams s set version = e.version
            from (select tenant_id, stream_id, max(version) as version from ledger.mt_events group by 1, 2) e
            where e.tenant_id = s.tenant_id and e.stream_id = s.id and s.version = 0
            """, stop);
        await ledger.ExecuteAsync(
            "select setval('ledger.mt_events_sequence', (select max(seq_id) from ledger.mt_events))", stop);
        await ledger.ExecuteAsync("vacuum analyze", stop);
    }

    private static TrafficOptions Options(int facts) => new()
    {
        Seed = 2,
        Companies = [Traffic.Company],
        From = From,
        Until = Until,
        Webhooks = facts,
        Mix = TrafficMix.Communications,
    };

    private static KnownOwners Known()
    {
        var company = Traffic.Company;
        return new(
            [], company.Numbers.Select(number => new Holding(number, company.CompanyId, Instant.MinValue, null)),
            new[] { company.CompanyId }.ToLookup(_ => Development.AccountId), [], []);
    }

    private void Add(SimulatedWebhook webhook, KnownOwners known)
    {
        var reading = WebhookReader.Read(webhook.Body, webhook.DueAt);
        if (reading is CallReading { Fact: CallInitiated start } call && known.Leg(call.Leg) is null
            && OwnerRules.DecideLeg(call.Leg, start, Development.AccountId, known).Owner is { } owner)
        {
            known.Add(owner);
        }
        if (OwnerRules.Attribute(reading, Development.AccountId, known) is Attribution.To to)
        {
            foreach (var fact in to.Shares.SelectMany(share => share.Facts))
            {
                var version = versions[fact.Stream] = versions.GetValueOrDefault(fact.Stream) + 1;
                chunk.Add(new(fact.Stream, version, webhook, fact.Fact));
            }
        }
    }

    private async Task CopyAsync(CancellationToken stop)
    {
        await using var connection = await ledger.Owner.OpenConnectionAsync(stop);
        await using (var streams = await connection.BeginBinaryImportAsync(StreamsCopy, stop))
        {
            foreach (var told in chunk.Where(told => told.Version == 1))
            {
                var at = told.Webhook.DueAt;
                await streams.WriteRowAsync(stop, told.Stream, 0L, at, at, Traffic.Company.CompanyId, false);
            }
            await streams.CompleteAsync(stop);
        }
        await using var session = ledger.Store.LightweightSession(Traffic.Company.CompanyId);
        await using var events = await connection.BeginBinaryImportAsync(EventsCopy, stop);
        foreach (var told in chunk)
        {
            await WriteAsync(events, told, session, stop);
        }
        await events.CompleteAsync(stop);
        chunk.Clear();
    }

    private async Task WriteAsync(
        NpgsqlBinaryImporter events, Told told, IDocumentSession session, CancellationToken stop)
    {
        var fact = session.Events.BuildEvent(told.Fact);
        await events.StartRowAsync(stop);
        await events.WriteAsync(++sequence, stop);
        await events.WriteAsync(
            FactId.For(Traffic.Company.CompanyId, told.Webhook.EventId, fact.EventTypeName, "", 0), stop);
        await events.WriteAsync(told.Stream, NpgsqlDbType.Varchar, stop);
        await events.WriteAsync(told.Version, stop);
        await events.WriteAsync(ledger.Store.Options.Serializer().ToJson(told.Fact), NpgsqlDbType.Jsonb, stop);
        await events.WriteAsync(fact.EventTypeName, NpgsqlDbType.Varchar, stop);
        await events.WriteAsync(told.Webhook.DueAt, stop);
        await events.WriteAsync(Traffic.Company.CompanyId, NpgsqlDbType.Varchar, stop);
        await events.WriteAsync(fact.DotNetTypeName, NpgsqlDbType.Varchar, stop);
        await events.WriteAsync(
            Guid.CreateVersion7(told.Webhook.DueAt.ToDateTimeOffset()).ToString(), NpgsqlDbType.Varchar, stop);
        await events.WriteAsync(false, stop);
    }
}
