using Marten;
using Npgsql;
using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Begins transactions in which a table's row and the fact that tells of it are written together.</summary>
public sealed class FactTransactions(LedgerDatabase database, IDocumentStore store)
{
    public async Task<FactTransaction> BeginAsync(CancellationToken stop)
    {
        var connection = await database.Owner.OpenConnectionAsync(stop);
        return new(store, await connection.BeginTransactionAsync(stop));
    }
}

/// <summary>One transaction of the owner login; rolled back when disposed of without
/// <see cref="CommitAsync"/>.</summary>
public sealed class FactTransaction(IDocumentStore store, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public NpgsqlTransaction Transaction { get; } = transaction;

    public NpgsqlConnection Connection { get; } = transaction.Connection!;

    /// <returns>How many rows it touched.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = Connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Lets changes of one company's members, keys and numbers come one after the other.</summary>
    /// <returns>False when there is no such company.</returns>
    public async Task<bool> LockCompanyAsync(string company, CancellationToken stop)
    {
        await using var command = Connection.Command(
            "select 1 from platform.company where company_id = $1 for no key update", company);
        return await command.ExecuteScalarAsync(stop) is not null;
    }

    /// <exception cref="JasperFx.ConcurrencyException">Another transaction appended to the stream
    /// meanwhile.</exception>
    public Task AppendAsync(string company, string stream, IEnumerable<Fact> facts, CancellationToken stop) =>
        AppendAsync(company, stream, _ => facts, stop);

    /// <summary>Facts with ids of their own: the same fact twice is impossible.</summary>
    /// <exception cref="JasperFx.ConcurrencyException">Another transaction appended to the stream
    /// meanwhile.</exception>
    public Task AppendAsync(
        string company, string stream, IEnumerable<(Guid Id, Fact Fact)> facts, CancellationToken stop) =>
        AppendAsync(company, stream, session => facts.Select(told =>
        {
            var e = session.Events.BuildEvent(told.Fact);
            e.Id = told.Id;
            return e;
        }), stop);

    private async Task AppendAsync(
        string company, string stream, Func<IDocumentSession, IEnumerable<object>> facts, CancellationToken stop)
    {
        var options = Marten.Services.SessionOptions.ForTransaction(Transaction);
        options.TenantId = company;
        await using var session = store.LightweightSession(options);
        session.Events.Append(stream, facts(session));
        await session.SaveChangesAsync(stop);
    }

    public Task CommitAsync(CancellationToken stop) => Transaction.CommitAsync(stop);

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
