using Npgsql;
using Thorbis.Ledger.Server.Hosting;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

/// <summary>Costs counted once more in SQL, from the facts alone: <c>docs/recount-costs.sql</c>.</summary>
/// <param name="Disagreements">One line per charge or sum that the ledger holds otherwise.</param>
/// <param name="Services">Source and service of every charge that was counted, each once, ordered.</param>
/// <param name="Charges">How many were counted.</param>
internal sealed record CostRecount(
    IReadOnlyList<string> Disagreements, IReadOnlyList<string> Services, long Charges)
{
    private const string Script = "recount-costs.sql";

    /// <param name="alteration">Done to the ledger before it is recounted, and undone after it.</param>
    /// <param name="rule">Some words of the script, and what stands there in their place.</param>
    public static async Task<CostRecount> RunAsync(
        NpgsqlDataSource owner, CancellationToken stop, string alteration = "",
        (string Known, string Other)? rule = null)
    {
        await using var text = typeof(CostRecount).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(text);
        var script = await reader.ReadToEndAsync(stop);
        if (rule is var (known, other))
        {
            Assert.Contains(known, script, StringComparison.Ordinal);
            script = script.Replace(known, other);
        }
        await using var connection = await owner.OpenConnectionAsync(stop);
        await using var undone = await connection.BeginTransactionAsync(stop);
        await using var recount = new NpgsqlCommand($"{alteration};{script}", connection);
        recount.CommandTimeout = 120;
        var disagreements = await recount.ListAsync(
            row => string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)), stop);
        await using var services = new NpgsqlCommand(
            "select source || ' ' || service, count(*) from recount group by 1 order by 1", connection);
        var counted = await services.ListAsync(row => (Service: row.GetString(0), Charges: row.GetInt64(1)), stop);
        return new(disagreements, [.. counted.Select(c => c.Service)], counted.Sum(c => c.Charges));
    }
}
