using Thorbis.Ledger.Server.Access;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A file that companies can take: under one name its columns, its rows and its routes.</summary>
/// <param name="name">Kebab case, as routes and files have it.</param>
public abstract class Export(string name)
{
    public string Name { get; } = name;

    /// <summary>The name as operations have it: <c>CostLines</c>.</summary>
    protected string Word { get; } =
        string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public abstract void Map(RouteGroupBuilder exports);
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
        exports.MapGet($"/{Name}.csv", Get).Allow(Permissions.Export)
            .WithName($"Export{Word}Csv")
            .WithSummary(summary)
            .WithDescription($"RFC 4180, UTF-8, streamed. {bytes}")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet($"/{Name}.manifest.json", GetManifest).Allow(Permissions.Export)
            .WithName($"Describe{Word}Csv")
            .WithSummary($"What {Name}.csv holds for the same query: rows, totals, hash.")
            .Produces<ExportManifest>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private Task<IResult> Get(
        [AsParameters] TFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(Name, ask, scope => open(filter, scope));

    private Task<IResult> GetManifest(
        [AsParameters] TFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.DescribeAsync(Name, ask, scope => open(filter, scope));
}
