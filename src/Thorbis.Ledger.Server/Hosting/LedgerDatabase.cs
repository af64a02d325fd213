using System.Data;
using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The two logins of the ledger's database.</summary>
/// <param name="owner">Owner of the tables: schema, handlers, projections, operators.</param>
/// <param name="tenant">May only SELECT, under row level security.</param>
public sealed class LedgerDatabase(NpgsqlDataSource owner, NpgsqlDataSource tenant) : IAsyncDisposable
{
    public NpgsqlDataSource Owner { get; } = owner;

    public NpgsqlDataSource Tenant { get; } = tenant;

    /// <summary>
    /// Reads on behalf of a company: a read-only transaction of the tenant login, in which Postgres shows that
    /// company's rows alone.
    /// </summary>
    /// <param name="isolation"><see cref="IsolationLevel.RepeatableRead"/> where several statements must see the same
    /// moment.</param>
    public async Task<TResult> ReadAsync<TResult>(
        string company, Func<NpgsqlConnection, Task<TResult>> read, CancellationToken stop,
        IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        await using var connection = await Tenant.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(isolation, stop);
        await using (var scope = new NpgsqlCommand("select set_config('app.tenant_id', $1, true)", connection))
        {
            scope.Parameters.Add(new() { Value = company });
            await scope.ExecuteNonQueryAsync(stop);
        }
        var result = await read(connection);
        await transaction.CommitAsync(stop);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await Tenant.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
