using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A request for a file or for its manifest: the same query means the same file.</summary>
public sealed record Exporting(HttpContext Http, Exporter Exporter, CompanyZones Zones, IClock Clock)
{
    public Task<IResult> SendAsync(string export, ExportAsk ask, Func<ExportScope, ExportFile> open) =>
        AnswerAsync(export, ask, open, (file, scope) => Exporter.SendAsync(Http, file, scope.Zone, ask.IsRaw));

    public Task<IResult> DescribeAsync(string export, ExportAsk ask, Func<ExportScope, ExportFile> open) =>
        AnswerAsync(export, ask, open, (file, scope) => Exporter.DescribeAsync(Http, file, scope, ask.IsRaw));

    private async Task<IResult> AnswerAsync(
        string export, ExportAsk ask, Func<ExportScope, ExportFile> open,
        Func<ExportFile, ExportScope, Task<IResult>> answer)
    {
        var (company, stop) = (Actor.Of(Http.User).Company, Http.RequestAborted);
        if (await Zones.AskedAsync(ask.Zone, company, stop) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var scope = new ExportScope(
            export, company, ask.Columns, new(company), zone, await Zones.OfAsync(company, stop),
            Clock.GetCurrentInstant());
        var file = open(scope);
        return scope.Selection.Problem ?? await answer(file, scope);
    }
}
