namespace Thorbis.Ledger.Server.Exports;

/// <summary>A form that files come in.</summary>
/// <param name="Name">Also what names of its files end with.</param>
/// <param name="Version">Of the form that docs/exports.md describes.</param>
public sealed record ExportFormat(string Name, string Version, string ContentType)
{
    public static readonly ExportFormat Csv = new("csv", "csv/1", "text/csv; charset=utf-8; header=present");

    public static readonly ExportFormat Parquet = new("parquet", "parquet/1", "application/vnd.apache.parquet");

    public static readonly IReadOnlyList<ExportFormat> All = [Csv, Parquet];

    /// <summary>CSV when nothing is asked; null for no such form.</summary>
    public static ExportFormat? Asked(string? name) =>
        string.IsNullOrEmpty(name) ? Csv : All.FirstOrDefault(format => format.Name == name);
}
