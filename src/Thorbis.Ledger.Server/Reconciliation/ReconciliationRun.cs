using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>The comparison of one file, within one transaction: nothing of it stands until that is committed.</summary>
internal sealed class ReconciliationRun(FactTransaction change, string company, FileScope scope)
{
    /// <summary>A record without ids can lie so far beside the call it is about; the range's ends need their
    /// neighbours.</summary>
    private static readonly Duration Neighbourhood = Duration.FromMinutes(1);

    private static readonly short[] Priced =
        [.. RecordKinds.InCallCost.Append(RecordKind.Message).Select(kind => (short)kind)];

    /// <summary>Words of the kinds, by their numbers.</summary>
    private static readonly string[] KindWords = [.. Words.All<RecordKind>()];

    /// <summary>One file of a company at a time, whichever node takes it.</summary>
    public async Task<bool> TryBeginAsync(CancellationToken stop)
    {
        await using var command = change.Connection.Command(
            "select pg_try_advisory_xact_lock(hashtextextended('reconciliation ' || $1, 0))", company);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    /// <summary>Reads the file into a temporary table.</summary>
    /// <param name="read">Gives the rows to the import.</param>
    /// <returns>What it held; with refused rows it cannot be compared.</returns>
    public async Task<RecordImport> StageAsync(Func<RecordImport, Task> read, CancellationToken stop)
    {
        await ExecuteAsync(MatchSql.Staged, stop);
        await using var copy = (StreamWriter)await change.Connection.BeginTextImportAsync(MatchSql.Copy, stop);
        var import = new RecordImport(copy.BaseStream, scope.Zone, scope.Currency);
        await read(import);
        await import.EndAsync(stop);
        return import;
    }

    /// <summary>Finds out what every record and every item of the ledger comes to.</summary>
    /// <returns>The sequence of the last fact that the ledger's side holds for certain.</returns>
    public async Task<long> MatchAsync(RecordImport import, CancellationToken stop)
    {
        await ExecuteAsync(MatchSql.RepeatedTable, stop);
        var repeated = import.MayRepeat ? await ExecuteAsync(MatchSql.Repeated, stop) : 0;
        var asOf = await AsOfAsync(stop);
        var beside = import.Naming.HasFlag(RecordNaming.Nothing) ? Neighbourhood : Duration.Zero;
        var byPart = import.Parts is not null;
        object[] range =
            [company, scope.From, scope.To, scope.From - beside, scope.To + beside, import.Parts?.ToArray() ?? []];
        await ExecuteAsync(MatchSql.ItemsOfRange(byPart), stop, range);
        await ExecuteAsync(MatchSql.AnalyzeItems, stop);
        await LinkAsync(MatchSql.LinksOfFile(import.Naming), "staged", import, stop);
        await ExecuteAsync(MatchSql.LoneTable, stop);
        if (!await AllLinkedAsync(import, import.Rows - repeated, stop)
            && await ExecuteAsync(MatchSql.Lone, stop) > 0)
        {
            await FindLoneAsync(import, MatchSql.ItemsNamed(byPart), range, stop);
        }
        await ExecuteAsync(VerdictSql.Whole, stop);
        await ExecuteAsync(VerdictSql.Verdicts(import.Kinds), stop, import.HasCalls, import.HasMessages);
        await ExecuteAsync(VerdictSql.Even, stop);
        return asOf;
    }

    public async Task<List<RecordTotal>> RecordTotalsAsync(CancellationToken stop)
    {
        await using var command = Command(VerdictSql.RecordTotals);
        var totals = await command.ListAsync(
            row => new RecordTotal(
                Class(row.GetString(0)), (RecordKind)row.GetInt16(1), row.GetInt64(3),
                new(row.GetDecimal(4), row.GetString(2))),
            stop);
        return [.. totals.OrderBy(total => total.Class)];
    }

    public async Task<List<ItemTotal>> ItemTotalsAsync(CancellationToken stop)
    {
        await using var command = Command(VerdictSql.ItemTotals);
        var totals = await command.ListAsync(
            row => new ItemTotal(
                Class(row.GetString(0)), row.GetBoolean(1) ? LedgerItem.Message : LedgerItem.Call, row.GetInt64(3),
                row.GetInt64(4), new(row.GetDecimal(5), row.GetString(2))),
            stop);
        return [.. totals.OrderBy(total => total.Class)];
    }

    public Task KeepDifferencesAsync(Guid id, CancellationToken stop) =>
        ExecuteAsync(VerdictSql.Differences, stop, company, id, KindWords);

    /// <summary>Counts, which is quicker than to look for each record's link; right where none has two.</summary>
    private async Task<bool> AllLinkedAsync(RecordImport import, long records, CancellationToken stop)
    {
        if (!import.LinksOnce)
        {
            return false;
        }
        await using var command = Command(MatchSql.CountLinks);
        return await command.ExecuteScalarAsync(stop) is long links && links == records;
    }

    /// <summary>Looks for what records name at other times, and for neighbours of those that name nothing.</summary>
    private async Task FindLoneAsync(RecordImport import, string items, object[] range, CancellationToken stop)
    {
        await ExecuteAsync(items, stop, range);
        await ExecuteAsync(MatchSql.AnalyzeItems, stop);
        await LinkAsync(MatchSql.LinksOfLone(import.Naming), "lone", import, stop);
        if (import.Naming.HasFlag(RecordNaming.Nothing))
        {
            await ExecuteAsync(MatchSql.NamelessLinks, stop, company, Priced, (short)RecordKind.Message);
        }
        await ExecuteAsync(MatchSql.NoLongerLone, stop);
    }

    private async Task LinkAsync(string links, string source, RecordImport import, CancellationToken stop)
    {
        await ExecuteAsync(links, stop, company, Priced);
        if (import.Naming.HasFlag(RecordNaming.Control))
        {
            await ExecuteAsync(MatchSql.ControlLinks(source), stop, company, Priced);
        }
    }

    /// <summary>Read before the rows are: they may hold more than it, never less.</summary>
    private async Task<long> AsOfAsync(CancellationToken stop)
    {
        await using var command = change.Connection.Command($"select {ReadModelProgress.Sql}");
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <returns>How many rows it wrote.</returns>
    private async Task<int> ExecuteAsync(string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The caller waits as long as it takes; who leaves cancels it.</summary>
    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = change.Connection.Command(sql, values);
        command.CommandTimeout = 0;
        return command;
    }

    private static MatchClass Class(string word) => Words.TryParse<MatchClass>(word, default, out var known)
        ? known
        : throw new InvalidOperationException($"A match came to {word}.");
}
