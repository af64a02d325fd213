using JasperFx.Events;
using Marten;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>
/// The cost centres of companies, out of a table that one projection writes. Each entry is read once and then kept:
/// what a book answers for a place of the ledger does not change, not even while the table is made anew.
/// </summary>
/// <remarks>For one reader at a time.</remarks>
/// <param name="table">In the columns of <c>ledger.cost_centre</c>.</param>
internal sealed class CentreBooks(string table)
{
    /// <summary>As the cost ledger has read them.</summary>
    public const string OfCosts = "ledger.cost_centre";

    /// <summary>As the read models of calls and messages have.</summary>
    public const string OfUsage = "ledger.usage_centre";

    private readonly string _sql = $"""
        select c.tenant_id, c.seq, c.subject, c.key, c.from_at, c.value
        from unnest($1::text[], $2::bigint[]) as k(tenant_id, read_to)
        join {table} c on c.tenant_id = k.tenant_id and c.seq > k.read_to and c.seq < $3
        order by c.seq
        """;

    private readonly UnnestUpsert<Told> _upsert = new UnnestUpsert<Told>(
            table, ["tenant_id", "seq"], "{0} = excluded.{0}")
        .Column("tenant_id", "text", told => told.Company)
        .Column("seq", "bigint", told => told.Entry.Sequence)
        .Column("subject", "text", told => Words.Of(told.Entry.Subject))
        .Column("key", "text", told => told.Entry.Key)
        .Column("from_at", "timestamptz", told => told.Entry.From.ToDateTimeOffset())
        .Column("value", "text", told => told.Entry.Value);

    private readonly Dictionary<string, CentreBook> _books = [];

    /// <summary>One company's out of the cost ledger, for a single answer.</summary>
    /// <inheritdoc cref="ReadAsync(IReadOnlyCollection{string}, long, NpgsqlConnection, CancellationToken)"/>
    public static async Task<CentreBooks> OfCostsAsync(
        string company, long before, NpgsqlConnection connection, CancellationToken stop)
    {
        var books = new CentreBooks(OfCosts);
        await books.ReadAsync([company], before, connection, stop);
        return books;
    }

    /// <summary>A company's, as far as it was read.</summary>
    public CentreBook Of(string company)
    {
        if (!_books.TryGetValue(company, out var book))
        {
            _books[company] = book = new();
        }
        return book;
    }

    /// <summary>Reads what is new of some companies.</summary>
    /// <param name="before">Entries from this sequence on are not read.</param>
    private async Task ReadAsync(
        IReadOnlyCollection<string> companies, long before, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command(
            _sql, companies.ToArray(), companies.Select(company => Of(company).LearntTo).ToArray(), before);
        foreach (var told in await command.ListAsync(Read, stop))
        {
            Of(told.Company).Learn(told.Entry);
        }
    }

    /// <summary>Reads what came before a batch of facts, and takes in what the batch itself says.</summary>
    public async Task ReadAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations operations, NpgsqlConnection connection,
        CancellationToken stop)
    {
        await ReadAsync([.. events.Select(e => e.TenantId).Distinct()], events[0].Sequence, connection, stop);
        var told = new List<Told>();
        foreach (var e in events)
        {
            if (CentreEntry.Of(e.Sequence, e.Data) is { } entry)
            {
                told.Add(new(e.TenantId, entry));
                Of(e.TenantId).Learn(entry);
            }
        }
        if (told.Count > 0)
        {
            operations.QueueSqlCommand(_upsert.Sql, _upsert.Parameters(told));
        }
    }

    private static Told Read(NpgsqlDataReader row)
    {
        _ = Words.TryParse(row.GetString(2), CentreSubject.Number, out var subject);
        return new(row.GetString(0), new(
            row.GetInt64(1), subject, row.GetString(3), row.GetFieldValue<Instant>(4), row.GetString(5)));
    }

    private sealed record Told(string Company, CentreEntry Entry);
}
