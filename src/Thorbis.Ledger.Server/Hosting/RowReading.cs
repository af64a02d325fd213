using System.Text.Json;
using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Columns that may be null.</summary>
public static class RowReading
{
    /// <summary>From the epoch of Postgres, 2000-01-01, to that of Unix, in microseconds.</summary>
    private const long PostgresEpoch = 946_684_800_000_000;

    public static string? Text(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static TValue? Value<TValue>(this NpgsqlDataReader row, int column) where TValue : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<TValue>(column);

    /// <summary>A timestamptz as microseconds since 1970, which spares reading it into an instant.</summary>
    public static long? Microseconds(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt64(column) + PostgresEpoch;

    /// <summary>An amount, and its currency in the column after it.</summary>
    public static Domain.Money? Money(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new(row.GetDecimal(column), row.Text(column + 1) ?? "");

    /// <summary>A folded state.</summary>
    /// <exception cref="JsonException">The column holds none: a bug, or a read model to rebuild.</exception>
    public static TState State<TState>(this NpgsqlDataReader row, int column) where TState : class =>
        JsonSerializer.Deserialize<TState>(row.GetString(column), LedgerJson.Options)
        ?? throw new JsonException("The state is null.");
}
