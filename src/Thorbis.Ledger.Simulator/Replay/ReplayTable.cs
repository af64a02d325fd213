using System.Globalization;
using Spectre.Console;

namespace Thorbis.Ledger.Simulator.Replay;

/// <summary>Shows what became of replayed files: a table, or plain lines parted by tabs where nobody watches.</summary>
internal static class ReplayTable
{
    private static readonly string[] Heads = ["file", "status", "event type", "what became of it"];

    public static void Write(IReadOnlyList<ReplayedFile> files, IAnsiConsole console, TextWriter output)
    {
        if (console.Profile.Out.IsTerminal)
        {
            var table = new Table().Border(TableBorder.Rounded);
            Array.ForEach(Heads, head => table.AddColumn(head));
            foreach (var file in files)
            {
                table.AddRow([.. Cells(file).Select(cell => new Text(cell, Colour(file)))]);
            }
            console.Write(table);
        }
        else
        {
            output.WriteLine(string.Join('\t', Heads));
            foreach (var file in files)
            {
                output.WriteLine(string.Join('\t', Cells(file)));
            }
        }
        WriteTotals(files, output);
    }

    private static string[] Cells(ReplayedFile file) =>
    [
        OneLine(file.Name),
        file.Status == 0 ? "-" : file.Status.ToString(CultureInfo.InvariantCulture),
        OneLine(file.Entry?.EventType ?? "-"),
        OneLine(file.Became),
    ];

    // Names and types come from files and carriers: nothing in them may move the cursor or break a line.
    private static string OneLine(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    private static void WriteTotals(IReadOnlyList<ReplayedFile> files, TextWriter output)
    {
        output.WriteLine();
        foreach (var (outcome, count) in files.CountBy(file => file.Outcome).OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"{count,7} {outcome}");
        }
        var statuses = files.CountBy(file => file.Status).OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Value} x {(pair.Key == 0 ? "no answer" : pair.Key)}");
        output.WriteLine($"{files.Count,7} files: {string.Join(", ", statuses)}");
    }

    private static Style Colour(ReplayedFile file) => file.Outcome switch
    {
        "lost" or "failed" => new Style(Color.Red),
        "refused" or "unintelligible" or "quarantined" or "waiting" or "pending" => new Style(Color.Yellow),
        "kept" or "redelivery" => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
