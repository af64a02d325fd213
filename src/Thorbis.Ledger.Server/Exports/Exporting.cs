using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A request for a file, for its manifest or for a job: the same query means the same file.</summary>
public sealed record Exporting(
    HttpContext Http, [FromServices] Exporter Exporter, [FromServices] ExportJobs Jobs,
    [FromServices] CompanyZones Zones, [FromServices] IClock Clock)
{
    public Task<IResult> SendAsync<TFilter>(
        Export<TFilter> export, ExportFormat format, TFilter filter, ExportAsk ask) where TFilter : notnull =>
        AnswerAsync(export, format, filter, ask, order => Exporter.SendAsync(Http, order));

    public Task<IResult> DescribeAsync<TFilter>(
        Export<TFilter> export, ExportFormat format, TFilter filter, ExportAsk ask) where TFilter : notnull =>
        AnswerAsync(export, format, filter, ask, order => Exporter.DescribeAsync(Http, order));

    public async Task<IResult> StartAsync<TFilter>(
        Export<TFilter> export, TFilter filter, ExportAsk ask, string? form) where TFilter : notnull
    {
        if (ExportFormat.Asked(form) is not { } format)
        {
            var forms = string.Join(", ", ExportFormat.All.Select(known => known.Name));
            return Problems.Invalid("format", $"Expected one of {forms}.");
        }
        return await AnswerAsync(export, format, filter, ask, order => Jobs.AskAsync(
            Http, order, JsonSerializer.Serialize(filter, LedgerJson.Options), ask with { Zone = order.Zone.Id }));
    }

    private async Task<IResult> AnswerAsync<TFilter>(
        Export<TFilter> export, ExportFormat format, TFilter filter, ExportAsk ask,
        Func<ExportOrder, Task<IResult>> answer) where TFilter : notnull
    {
        var (company, stop) = (Actor.Of(Http.User).Company, Http.RequestAborted);
        if (await Zones.AskedAsync(ask.Zone, company, stop) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var scope = new ExportScope(
            export.Name, company, ask.Columns, new(company), zone, await Zones.OfAsync(company, stop),
            Clock.GetCurrentInstant())
        {
            Trail = Http.RequestServices.GetRequiredService<TrailReader>(),
        };
        var file = export.Open(filter, scope);
        return scope.Selection.Problem ?? await answer(new(file, format, zone, ask.IsRaw, scope.Now));
    }
}
