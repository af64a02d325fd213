using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>Counts calls by where the other party's number comes from.</summary>
internal static class Geography
{
    /// <summary>Calls whose start is not known yet have no party.</summary>
    private static readonly string Started = string.Join(',', CallFilter.Directions);

    private const string What = "the country, state or province, and area code of the other party's number";

    /// <param name="calls">The range and the number.</param>
    public static async Task<GeographyFigure> ReadAsync(
        NpgsqlConnection connection, string company, CallFilter calls, Instant now, CancellationToken stop)
    {
        var selection = new Selection(company);
        calls = calls with { Direction = Started };
        calls.Apply(selection, now);
        await using var command = selection.Command(connection, $"""
            select origin, count(*) filter (where direction = 'incoming'),
                   count(*) filter (where direction = 'outgoing')
            from ledger.call where {selection.Sql} group by origin
            """);
        var counted = await command.ListAsync(
            row => new Counted(row.Text(0), row.GetInt64(1), row.GetInt64(2)), stop);
        var places = counted.Where(place => place.Origin is not null).ToList();
        return new(
            GetUsage.Definitions, What, PartyOrigin.Tables, Tree(places, 0, calls),
            Place(CallConditions.Unknown, counted.Where(place => place.Origin is null), calls, null), calls.Link());
    }

    /// <summary>The places by their part at a depth: country, state or province, area code.</summary>
    private static IReadOnlyList<PlaceFigure> Tree(IReadOnlyCollection<Counted> places, int length, CallFilter calls) =>
    [
        .. places.Where(place => place.Origin!.Length > length)
            .GroupBy(place => Next(place.Origin!, length))
            .Select(part => Place(part.Key, part, calls, Within([.. part], part.Key.Length, calls)))
            .OrderByDescending(place => place.In + place.Out).ThenBy(place => place.Place, StringComparer.Ordinal),
    ];

    private static IReadOnlyList<PlaceFigure>? Within(IReadOnlyCollection<Counted> places, int length, CallFilter calls)
    {
        var within = Tree(places, length, calls);
        return within.Count == 0 ? null : within;
    }

    /// <summary>What names the place one step further down: up to the next hyphen.</summary>
    private static string Next(string origin, int length) =>
        origin.IndexOf('-', length == 0 ? 0 : length + 1) is >= 0 and var end ? origin[..end] : origin;

    private static PlaceFigure Place(
        string place, IEnumerable<Counted> counted, CallFilter calls, IReadOnlyList<PlaceFigure>? within)
    {
        var parts = counted.ToList();
        return new(
            place, parts.Sum(part => part.In), parts.Sum(part => part.Out), (calls with { Origin = place }).Link(),
            within);
    }

    private sealed record Counted(string? Origin, long In, long Out);
}
