using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Commands with positional parameters (<c>$1</c>, <c>$2</c> …).</summary>
public static class Sql
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string text, params object?[] values) =>
        new NpgsqlCommand(text, connection).With(values);

    public static NpgsqlCommand Command(this NpgsqlDataSource source, string text, params object?[] values) =>
        source.CreateCommand(text).With(values);

    /// <summary>All rows of a query.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken stop)
    {
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<T>();
        while (await reader.ReadAsync(stop))
        {
            rows.Add(row(reader));
        }
        return rows;
    }

    private static NpgsqlCommand With(this NpgsqlCommand command, object?[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
        return command;
    }
}
