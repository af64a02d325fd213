using NodaTime;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Simulator.Traffic;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>Compares calls, messages and usage with a recount of all facts.</summary>
internal sealed class ReadModelAudit(Ledger ledger)
{
    public async Task CheckAsync(IEnumerable<SimulatedCompany> companies)
    {
        var recount = new UsageRecount(await ledger.FactsAsync());
        var buckets = await ledger.BucketsAsync();

        Assert.Equal(recount.Calls, await ledger.KeysAsync("ledger.call", "call_id"));
        Assert.Equal(recount.Messages, await ledger.KeysAsync("ledger.message", "message_id"));
        Assert.Equal(Lines(recount.Buckets()), Lines(buckets));
        Assert.Equal(Lines(recount.Centres()), Lines(WithNone(buckets, await ledger.CentresAsync())));
        Assert.Equal(recount.Waits(), await ledger.WaitsAsync());
        foreach (var company in companies.Select(company => company.CompanyId))
        {
            var rows = buckets.Where(row => row.Key.Company == company && row.Key.Number.Length == 0).ToList();
            Assert.Equal(recount.Totals(company),
                Enumerable.Range(0, Contribution.FigureCount).Select(figure => rows.Sum(row => row.Value[figure])));
        }
    }

    /// <summary>With what belongs to no cost centre: the company's sums less those of all of them.</summary>
    private static Dictionary<(string Company, string Centre, Instant Bucket), long[]> WithNone(
        Dictionary<(string Company, string Number, Instant Bucket), long[]> buckets,
        Dictionary<(string Company, string Centre, Instant Bucket), long[]> centres)
    {
        Assert.DoesNotContain(centres.Keys, key => key.Centre.Length == 0);
        var all = buckets.Where(row => row.Key.Number.Length == 0).ToDictionary(
            row => row.Key, row => row.Value.ToArray());
        foreach (var (key, figures) in centres)
        {
            var none = all[(key.Company, "", key.Bucket)];
            all[(key.Company, "", key.Bucket)] = [.. none.Zip(figures, (whole, part) => whole - part)];
            all[key] = figures;
        }
        return all;
    }

    /// <summary>Ordered; a bucket that everything has left is as good as none.</summary>
    private static IEnumerable<string> Lines(
        Dictionary<(string Company, string Number, Instant Bucket), long[]> buckets) => buckets
        .Where(row => row.Value.AsSpan().ContainsAnyExcept(0L))
        .Select(row => $"{row.Key}: {string.Join(' ', row.Value)}").Order(StringComparer.Ordinal);
}
