using System.Text.Json;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>Reads what a company's facts tell of routing.</summary>
internal sealed class RoutingPasts(Configurations configurations, Memberships memberships)
{
    // By the index of what commands told: Hosting/Schema/events.sql.
    private const string Sql = """
        select type, data::text from ledger.mt_events
        where tenant_id = $1 and causation_id is null and type = any ($2) order by seq_id
        """;

    private static readonly string[] Kinds =
    [
        FactCatalogue.NameOf(typeof(MemberJoined)), FactCatalogue.NameOf(typeof(MemberRemoved)),
        FactCatalogue.NameOf(typeof(PartyLinked)), FactCatalogue.NameOf(typeof(PartyUnlinked)),
    ];

    /// <param name="known">As it was known at this instant; null for as known at that of each call.</param>
    public async Task<RoutingPast> ReadAsync(
        NpgsqlConnection connection, string company, Instant? known, CancellationToken stop)
    {
        var history = await configurations.ReadAsync(connection, company, stop);
        await using var command = connection.Command(Sql, company, Kinds);
        var told = await command.ListAsync(
            row => (Fact)JsonSerializer.Deserialize(
                row.GetString(1), FactCatalogue.TypeOf(row.GetString(0)), LedgerJson.Options)!,
            stop);
        // What holds at an instant was recorded by then, so that only a question of its own leaves anything out.
        return new(
            history.Known(known), told.FindAll(fact => known is null || fact.OccurredAt <= known),
            DateTimeZoneProviders.Tzdb, known);
    }

    /// <summary>What members, schedules and voicemail boxes are called by now; an id stands for what is none any
    /// more.</summary>
    public async Task<Func<string, string>> NamesAsync(
        string company, ConfigurationHistory history, CancellationToken stop)
    {
        var names = history.Schedules.ToDictionary(
            schedule => schedule.Key, schedule => schedule.Value.Last.Terms.Name);
        foreach (var (id, box) in history.MailboxesAt(Instant.MaxValue))
        {
            names[id] = box.Name;
        }
        foreach (var member in await memberships.MembersAsync(company, stop))
        {
            names[member.UserId] = member.Email;
        }
        return id => names.GetValueOrDefault(id, id);
    }
}
