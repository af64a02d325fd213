using System.Runtime.CompilerServices;
using System.Text.Json;
using Marten;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Writes what a batch has made: accounts, lines, and their sums.</summary>
internal static class CostTables
{
    /// <summary>Places of the ledger between two checkpoints of the sums.</summary>
    public const long Epoch = 50_000;

    private static readonly UnnestUpsert<CostRow> Lines = new UnnestUpsert<CostRow>(
            "ledger.cost_line", ["tenant_id", "seq", "ordinal"], "{0} = excluded.{0}")
        .Column("tenant_id", "text", r => r.Company)
        .Column("seq", "bigint", r => r.Sequence)
        .Column("ordinal", "int", r => r.Ordinal)
        .Column("kind", "text", r => Words.Of(r.Line.Kind))
        .Column("source", "text", r => SourceOf(r))
        .Column("service", "text", r => r.Line.Charge.Service)
        .Column("stream", "text", r => r.Stream)
        .Column("charge", "text", r => r.Line.Charge.Key)
        .Column("number", "text", r => r.Line.Charge.Number)
        .Column("party", "text", r => r.Line.Charge.Party)
        .Column("direction", "text", r => r.Line.Charge.Direction)
        .Column("country", "text", r => r.Country)
        .Column("cost_centre", "text", r => r.Line.Charge.CostCentre)
        .Column("occurred_at", "timestamptz", r => r.Line.Charge.OccurredAt.ToDateTimeOffset())
        .Column("unit", "text", r => r.Line.Charge.Price.Unit is { } unit ? Words.Of(unit) : null)
        .Column("quantity", "bigint", r => r.Line.Charge.Price.Quantity)
        .Column("billed_quantity", "bigint", r => r.Line.Charge.Price.BilledQuantity)
        .Column("unit_price", "numeric", r => r.Line.Charge.Price.UnitPrice)
        .Column("amount", "numeric", r => r.Line.Charge.Price.Amount)
        .Column("currency", "text", r => r.Line.Charge.Price.Currency)
        .Column("deck", "text", r => r.Line.Charge.Price.DeckId)
        .Column("deck_version", "int", r => r.Line.Charge.Price.DeckVersion)
        .Column("rate", "text", r => r.Line.Charge.Price.Row is { } row ? RateName(row) : null)
        .Column("part", "text", r => r.Line.Charge.Price.Part)
        .Column("facts", "text", r => string.Join(',', r.Line.Facts));

    private static readonly UnnestUpsert<Account> Accounts = new UnnestUpsert<Account>(
            "ledger.cost_account", ["tenant_id", "stream"], "{0} = excluded.{0}")
        .Column("tenant_id", "text", r => r.Company)
        .Column("stream", "text", r => r.Stream)
        .Column("state", "text", r => r.State)
        .Column("used_at", "timestamptz", r => r.UsedAt?.ToDateTimeOffset());

    private static readonly CostSums<DateOnly> Months = new(
        "cost_month", "month", "date", hasEpoch: false, hasNumber: true,
        row => row.Day.With(DateAdjusters.StartOfMonth).ToDateOnly());

    private static readonly CostSums<DateOnly> Days = new(
        "cost_day", "day", "date", hasEpoch: true, hasNumber: true, row => row.Day.ToDateOnly());

    private static readonly CostSums<DateTimeOffset> Quarters = new(
        "cost_quarter", "bucket", "timestamptz", hasEpoch: true, hasNumber: false,
        row => Contribution.BucketOf(row.Line.Charge.OccurredAt).ToDateTimeOffset());

    /// <summary>A row of a deck, readable and unique in its version: <c>call_out/minute/+1212</c>.</summary>
    public static string RateName(RateRow row) =>
        $"{ServiceWords.Of(row.Service)}/{Words.Of(row.Unit)}/{row.Prefix ?? row.NumberType ?? "any"}";

    public static string SourceOf(CostRow row) => row.Line.Charge.Source == CostSource.Deck ? "deck" : "carrier";

    public static void Queue(IDocumentOperations operations, CostBatch batch)
    {
        var accounts = batch.Accounts.Select(a => new Account(
            a.Company, a.Stream,
            JsonSerializer.Serialize(a.Account, a.Account.GetType(), LedgerJson.Options), a.Account.UsedAt)).ToList();
        if (accounts.Count > 0)
        {
            operations.QueueSqlCommand(Accounts.Sql, Accounts.Parameters(accounts));
        }
        if (batch.Rows.Count > 0)
        {
            operations.QueueSqlCommand(Lines.Sql, Lines.Parameters(batch.Rows));
            Months.Queue(operations, batch.Rows);
            Days.Queue(operations, batch.Rows);
            Quarters.Queue(operations, batch.Rows);
        }
    }

    public static async Task<Dictionary<(string, string), CostAccount>> LoadAsync(
        IReadOnlyCollection<(string Company, string Stream)> keys, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command(
            """
            select a.tenant_id, a.stream, a.state
            from unnest($1::text[], $2::text[]) as k(tenant_id, stream)
            join ledger.cost_account a on a.tenant_id = k.tenant_id and a.stream = k.stream
            """,
            keys.Select(k => k.Company).ToArray(), keys.Select(k => k.Stream).ToArray());
        await using var rows = await command.ExecuteReaderAsync(stop);
        var accounts = new Dictionary<(string, string), CostAccount>();
        while (await rows.ReadAsync(stop))
        {
            accounts[(rows.GetString(0), rows.GetString(1))] = Read(rows.GetString(1), rows.GetString(2));
        }
        return accounts;
    }

    /// <summary>Accounts of what was used in a range, and those of several instants, as they are kept.</summary>
    public static async IAsyncEnumerable<(string Stream, CostAccount Account)> UsedAsync(
        string company, Instant from, Instant to, NpgsqlConnection connection,
        [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = connection.Command(
            """
            select stream, state from ledger.cost_account
            where tenant_id = $1 and (used_at >= $2 and used_at < $3 or used_at is null)
            """,
            company, from, to);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            yield return (rows.GetString(0), Read(rows.GetString(0), rows.GetString(1)));
        }
    }

    /// <summary>An account of a stream, as it is kept.</summary>
    public static CostAccount Read(string stream, string state) => (CostAccount)JsonSerializer.Deserialize(
        state,
        stream.StartsWith("call/", StringComparison.Ordinal) ? typeof(CallAccount)
            : stream.StartsWith("message/", StringComparison.Ordinal) ? typeof(MessageAccount)
            : typeof(NumberAccount),
        LedgerJson.Options)!;

    private sealed record Account(string Company, string Stream, string State, Instant? UsedAt);
}
