using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Thorbis.Ledger.Domain.Tests;

/// <summary>
/// One test per line of a text table. The first line names the parameters; cells are parted by two spaces or more,
/// <c>-</c> is null, and what follows <c>#</c> is a reason, of its line or of the next.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed partial class TableAttribute(string table) : DataAttribute
{
    public string Table => table;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var lines = Table.Split('\n').Select(line => $" {line}".Split(" # ")[0].Trim()).Where(line => line.Length > 0);
        var rows = lines.Select(line => Gap().Split(line)).ToList();
        var parameters = testMethod.GetParameters();
        var columns = parameters.Select(parameter => Array.IndexOf(rows[0], parameter.Name)).ToList();
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. rows.Skip(1).Select(row => new TheoryDataRow(
                [.. parameters.Select((parameter, i) => Value(row[columns[i]], parameter.ParameterType))]))]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;

    private static object? Value(string cell, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return cell == "-" ? null
            : target == typeof(string) ? cell
            : TypeDescriptor.GetConverter(target).ConvertFromString(null, CultureInfo.InvariantCulture, cell);
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
