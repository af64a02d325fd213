using NodaTime;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>What a file holds, to be kept beside it.</summary>
/// <param name="File">Its name.</param>
/// <param name="Query">With which it was asked for.</param>
/// <param name="Format">Version of the form of cells: docs/exports.md.</param>
/// <param name="Definitions">Version of what the words and figures mean: docs/glossary.md.</param>
/// <param name="Tzdb">Version of the zone rules of its times.</param>
/// <param name="Rows">Without the header.</param>
/// <param name="Sha256">Of the file's bytes, in lower case hexadecimal.</param>
/// <param name="Totals">Of the columns that have one.</param>
/// <param name="From">The place in the ledger of the first fact that may be in the file: everything is folded from the
/// beginning.</param>
/// <param name="AsOf">The place in the ledger up to which facts are in the file.</param>
public sealed record ExportManifest(
    string File, string Export, string Query, string Format, string Definitions, string Tzdb, string Zone,
    IReadOnlyList<string> Columns, long Rows, long Bytes, string Sha256, IReadOnlyList<ExportTotal> Totals,
    long From, long AsOf, Instant ReadAt)
{
    public const long FirstPlace = 1;
}
