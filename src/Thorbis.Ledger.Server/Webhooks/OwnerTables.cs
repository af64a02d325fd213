using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Webhooks.Reading;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Reads and writes who owns legs, numbers, connections and porting orders, a batch at a time.</summary>
internal static class OwnerTables
{
    private const string LegSql = """
        select leg_id, control_id, session_id, tenant_id, own_number, decided_by from intake.leg where leg_id = any ($1)
        union select leg_id, control_id, session_id, tenant_id, own_number, decided_by from intake.leg
          where control_id = any ($2)
        union select leg_id, control_id, session_id, tenant_id, own_number, decided_by from intake.leg
          where session_id = any ($3)
        """;

    private const string HoldingSql = """
        select number, tenant_id, lower(held), upper(held) from platform.number_ownership
        where number = any ($1) and confirmed_at is not null
        """;

    private const string AccountSql =
        "select account_id, company_id from platform.account_company where account_id = any ($1)";

    private const string ConnectionSql =
        "select account_id, connection_id, tenant_id from platform.connection_owner where connection_id = any ($1)";

    private const string PortingSql =
        """
        select substr(id, 9), min(tenant_id) from ledger.mt_streams where id = any ($1)
        group by id having count(*) = 1
        """;

    private const string InsertLegSql = """
        insert into intake.leg (leg_id, control_id, session_id, tenant_id, own_number, decided_by)
        select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
        """;

    public static async Task<KnownOwners> LoadAsync(
        IReadOnlyCollection<(WebhookReading Reading, string Account)> batch, NpgsqlConnection connection,
            CancellationToken stop)
    {
        var legs = batch.Select(b => Leg(b.Reading)).OfType<LegReference>().ToList();
        await using var command = new NpgsqlBatch(connection);
        Add(command, LegSql, Ids(legs.Select(l => l.LegId)), Ids(legs.Select(l => l.ControlId)),
            Ids(legs.Select(l => l.SessionId)));
        Add(command, HoldingSql, Ids(batch.SelectMany(b => Numbers(b.Reading))));
        Add(command, AccountSql, Ids(batch.Select(b => b.Account)));
        Add(command, ConnectionSql, Ids(legs.Select(l => l.ConnectionId)));
        Add(command, PortingSql,
            Ids(batch.Select(b => b.Reading).OfType<PortingReading>().Select(p => "porting/" + p.Fact.OrderId)));
        await using var reader = await command.ExecuteReaderAsync(stop);
        var known = await RowsAsync(reader, r => new LegOwner(
            r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null
                : r.GetString(4), r.GetString(5)), stop);
        var holdings = await RowsAsync(reader, r => new Holding(
            r.GetString(0), r.GetString(1), r.IsDBNull(2) ? Instant.MinValue : r.GetFieldValue<Instant>(2),
            r.IsDBNull(3) ? null : r.GetFieldValue<Instant>(3)), stop);
        var served = await RowsAsync(reader, r => (Account: r.GetString(0), Company: r.GetString(1)), stop);
        var connections = await RowsAsync(reader, r =>
            (Key: (r.GetString(0), r.GetString(1)), Company: r.GetString(2)), stop);
        var portings = await RowsAsync(reader, r => (Order: r.GetString(0), Company: r.GetString(1)), stop);
        return new(
            known, holdings, served.ToLookup(s => s.Account, s => s.Company),
                connections.ToDictionary(c => c.Key, c => c.Company),
            portings.ToDictionary(p => p.Order, p => p.Company));
    }

    public static async Task InsertAsync(IReadOnlyList<LegOwner> legs, NpgsqlConnection connection,
        CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(InsertLegSql, connection);
        foreach (var column in new Func<LegOwner, string?>[]
            { l => l.LegId, l => l.ControlId, l => l.SessionId, l => l.Company, l => l.OwnNumber, l => l.DecidedBy })
        {
            command.Parameters.Add(new() { Value = legs.Select(column).ToArray() });
        }
        await command.ExecuteNonQueryAsync(stop);
    }

    private static LegReference? Leg(WebhookReading reading) => reading switch
    {
        CallReading call => call.Leg,
        KeptReading kept => kept.Leg,
        _ => null,
    };

    private static IEnumerable<string?> Numbers(WebhookReading reading) => reading switch
    {
        CallReading { Fact: CallInitiated start } =>
            [PhoneNumber.Normalize(start.From), PhoneNumber.Normalize(start.To)],
        MessageReading message => message.Fact.Report.To.Select(r => r.Number).Append(message.Fact.Report.From)
            .Select(n => PhoneNumber.Normalize(n) ?? n),
        NumberOrderReading order => order.Facts.Select(f => f.Number),
        KeptReading kept => kept.Numbers.Select(PhoneNumber.Normalize),
        _ => [],
    };

    private static string[] Ids(IEnumerable<string?> ids) => [.. ids.OfType<string>().Distinct(StringComparer.Ordinal)];

    private static void Add(NpgsqlBatch batch, string sql, params string[][] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }
        batch.BatchCommands.Add(command);
    }

    private static async Task<List<TRow>> RowsAsync<TRow>(NpgsqlDataReader reader, Func<NpgsqlDataReader, TRow> row,
        CancellationToken stop)
    {
        var rows = new List<TRow>();
        while (await reader.ReadAsync(stop))
        {
            rows.Add(row(reader));
        }
        await reader.NextResultAsync(stop);
        return rows;
    }
}
