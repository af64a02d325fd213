namespace Thorbis.Ledger.Server.Hosting;

/// <summary>
/// Many rows in one statement: <c>insert … select unnest(…) on conflict … do update</c>, one array per column.
/// Placeholders are Marten's question marks.
/// </summary>
/// <param name="update">How a column takes a new value over an old one; <c>{0}</c> is the column.</param>
internal sealed class UnnestUpsert<TRow>(string table, string[] key, string update)
{
    private readonly List<(string Name, string Type, Func<IReadOnlyList<TRow>, object> Values)> _columns = [];
    private string? _sql;

    public UnnestUpsert<TRow> Column<TValue>(string name, string type, Func<TRow, TValue> value)
    {
        _columns.Add((name, type, rows =>
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(rows[i]);
            }
            return values;
        }
        ));
        return this;
    }

    public string Sql => _sql ??= $"""
        insert into {table} ({string.Join(", ", _columns.Select(c => c.Name))})
        select * from unnest({string.Join(", ", _columns.Select(c => $"?::{c.Type}[]"))})
        on conflict ({string.Join(", ", key)}) do update set
        {string.Join(", ", _columns.Where(c => !key.Contains(c.Name)).Select(c => string.Format(update, c.Name)))}
        """;

    public object[] Parameters(IReadOnlyList<TRow> rows) => [.. _columns.Select(c => c.Values(rows))];
}
