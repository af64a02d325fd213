using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A request for a file or for its manifest: the same query means the same file.</summary>
public sealed record Exporting(HttpContext Http, Exporter Exporter, CompanyZones Zones, IClock Clock)
{
    /// <summary>Makes the file that a query asks for; what it cannot take, it refuses in the selection.</summary>
    public delegate CsvExport Build(Selection selection, DateTimeZone zone, Instant now);

    public Task<IResult> SendAsync(ExportAsk ask, Build build) =>
        AnswerAsync(ask, build, (export, _, _) => Exporter.SendAsync(Http, export, ask.IsRaw));

    public Task<IResult> DescribeAsync(ExportAsk ask, Build build) =>
        AnswerAsync(ask, build, (export, zone, now) => Exporter.DescribeAsync(Http, export, ask.IsRaw, zone, now));

    private async Task<IResult> AnswerAsync(
        ExportAsk ask, Build build, Func<CsvExport, DateTimeZone, Instant, Task<IResult>> answer)
    {
        var company = Actor.Of(Http.User).Company;
        if (await Zones.AskedAsync(ask.Zone, company, Http.RequestAborted) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var (selection, now) = (new Selection(company), Clock.GetCurrentInstant());
        var export = build(selection, zone, now);
        return selection.Problem ?? await answer(export, zone, now);
    }
}
