using Npgsql;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Reads the accounts of numbers from their streams, which are short.</summary>
internal static class NumberAccounts
{
    public static string StreamOf(string number) => $"number/{number}";

    /// <returns>Null where nothing was told of the number that bears on costs.</returns>
    public static async Task<NumberAccount?> FindAsync(
        NpgsqlConnection connection, string company, string number, CancellationToken stop)
    {
        var facts = await StreamReading.ReadAsync(connection, company, StreamOf(number), long.MaxValue, stop);
        return facts.Where(e => CostFold.Bills(e.Fact)).Aggregate(
            (NumberAccount?)null,
            (account, e) => (NumberAccount?)CostFold.Evolve(account, new(e.Sequence, e.Id, e.Fact)));
    }

    /// <summary>Registered by the company, at any time.</summary>
    public static async Task<bool> IsHeldAsync(
        NpgsqlConnection connection, string company, string number, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select exists (select 1 from platform.number_ownership where tenant_id = $1 and number = $2)",
            company, number);
        return await command.ExecuteScalarAsync(stop) is true;
    }
}
