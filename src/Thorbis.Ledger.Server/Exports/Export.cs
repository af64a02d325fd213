using System.ComponentModel;
using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A file that companies can take: under one name its columns, its rows and its routes.</summary>
/// <param name="name">Kebab case, as routes and files have it.</param>
public abstract class Export(string name)
{
    public string Name { get; } = name;

    /// <summary>The name as operations have it: <c>CostLines</c>.</summary>
    protected string Word { get; } =
        string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Who may take it.</summary>
    public Role[] Roles { get; init; } = Permissions.Export;

    public abstract void Map(RouteGroupBuilder exports);

    /// <summary>The file that a job asks for.</summary>
    /// <param name="filter">As JSON.</param>
    public abstract ExportFile Open(string filter, ExportScope scope);
}

/// <summary>In which form a job writes its file.</summary>
public sealed record JobAsk
{
    [Description("csv or parquet; csv when left out.")]
    public string? Format { get; init; }
}

/// <param name="summary">Of the operation that gives the file.</param>
/// <param name="bytes">What can be said of its bytes when it is asked for again.</param>
/// <param name="open">Makes the file that a filter asks for; what it cannot take, it refuses in the selection.</param>
/// <typeparam name="TFilter">Parameters of the query, beside those of <see cref="ExportAsk"/>.</typeparam>
public sealed class Export<TFilter>(
    string name, string summary, string bytes, Func<TFilter, ExportScope, ExportFile> open) : Export(name)
    where TFilter : notnull
{
    public override void Map(RouteGroupBuilder exports)
    {
        exports.MapGet($"/{Name}.csv", GetCsv).Allow(Roles)
            .WithName($"Export{Word}Csv")
            .WithSummary(summary)
            .WithDescription($"RFC 4180, UTF-8, streamed. {bytes}")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet($"/{Name}.manifest.json", GetManifest).Allow(Roles)
            .WithName($"Describe{Word}Csv")
            .WithSummary($"What {Name}.csv holds for the same query: rows, totals, hash.")
            .Produces<ExportManifest>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet($"/{Name}.parquet", GetParquet).Allow(Roles)
            .WithName($"Export{Word}Parquet")
            .WithSummary($"The rows of {Name}.csv as Apache Parquet, with columns of their types.")
            .Produces(StatusCodes.Status200OK, contentType: ExportFormat.Parquet.ContentType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet($"/{Name}.parquet.manifest.json", GetParquetManifest).Allow(Roles)
            .WithName($"Describe{Word}Parquet")
            .WithSummary($"What {Name}.parquet holds for the same query: rows, totals, hash.")
            .Produces<ExportManifest>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapPost($"/{Name}/jobs", PostJob).Allow(Roles)
            .WithName($"Start{Word}Export")
            .WithSummary($"Have the file {Name} written in the background, to be taken from /export-jobs later.")
            .Produces<ExportJobView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    public ExportFile Open(TFilter filter, ExportScope scope) => open(filter, scope);

    public override ExportFile Open(string filter, ExportScope scope) =>
        open(JsonSerializer.Deserialize<TFilter>(filter, LedgerJson.Options)!, scope);

    private Task<IResult> GetCsv(
        [AsParameters] TFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(this, ExportFormat.Csv, filter, ask);

    private Task<IResult> GetManifest(
        [AsParameters] TFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.DescribeAsync(this, ExportFormat.Csv, filter, ask);

    private Task<IResult> GetParquet(
        [AsParameters] TFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(this, ExportFormat.Parquet, filter, ask);

    private Task<IResult> GetParquetManifest(
        [AsParameters] TFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.DescribeAsync(this, ExportFormat.Parquet, filter, ask);

    private Task<IResult> PostJob(
        [AsParameters] TFilter filter, [AsParameters] ExportAsk ask, [AsParameters] JobAsk job,
        [AsParameters] Exporting exporting) =>
        exporting.StartAsync(this, filter, ask, job.Format);
}
