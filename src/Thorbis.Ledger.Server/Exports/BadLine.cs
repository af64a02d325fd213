using Microsoft.AspNetCore.Mvc;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A line of a file that cannot be taken.</summary>
/// <param name="Line">From 1 on, the header included.</param>
/// <param name="Column">Its name in the header, or <c>line</c> for the whole.</param>
internal sealed record BadLine(int Line, string Column, string Reason)
{
    /// <summary>422 with the bad lines.</summary>
    /// <param name="most">Lines that are told of.</param>
    /// <param name="unit">What the numbers count: lines, or records of a file that has none.</param>
    public static IResult Refuse(IReadOnlyList<BadLine> refused, int most, string unit = "line")
    {
        var told = refused.Take(most).GroupBy(bad => $"{unit} {bad.Line}").ToDictionary(
            line => line.Key, line => line.Select(bad => $"{bad.Column}: {bad.Reason}").ToArray());
        return Results.Problem(new ValidationProblemDetails(told)
        {
            Type = Problems.TypePrefix + "invalid-file",
            Title = "The file cannot be accepted; nothing was changed.",
            Detail = $"{refused.Count} {unit}s cannot be taken, the first is {unit} {refused[0].Line}: "
                + $"{refused[0].Column}: {refused[0].Reason}",
            Status = StatusCodes.Status422UnprocessableEntity,
        });
    }
}
