using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

/// <summary>Changes as lines <c>field | before | after | words</c>, with <c>-</c> for null; a line that begins with
/// blanks goes on with the one before.</summary>
internal static class Told
{
    public static readonly NameBook Names = new((kind, id) => (kind, id) switch
    {
        (ReferenceKind.Member, "ann") => "Anna",
        (ReferenceKind.Member, "bob") => "Ben",
        (ReferenceKind.Member, "cat") => "Cara",
        (ReferenceKind.Queue, "line") => "Line",
        (ReferenceKind.Menu, "main") => "Main",
        (ReferenceKind.Mailbox, "box") => "Office",
        (ReferenceKind.Schedule, "office") => "Office hours",
        (ReferenceKind.Audio, "tune") => "Tune",
        _ => null,
    });

    public static void Is(string expected, IReadOnlyList<FieldChange> changes) =>
        Assert.Equal(
            expected.Replace("\n  ", " ", StringComparison.Ordinal),
            string.Join('\n', changes.Select(Line)));

    public static void Is(IReadOnlyList<FieldChange> changes, params string[] expected) =>
        Assert.Equal(expected, changes.Select(change => change.Words));

    private static string Line(FieldChange change) =>
        $"{change.Field} | {change.Before ?? "-"} | {change.After ?? "-"} | {change.Words}";
}
