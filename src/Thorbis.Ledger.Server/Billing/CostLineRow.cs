using System.Globalization;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>One line of the cost ledger.</summary>
/// <param name="LineId">The place of its fact in the ledger, and its own among the lines of that fact.</param>
/// <param name="Kind"><c>charge</c>, <c>adjustment</c> or <c>reversal</c>.</param>
/// <param name="Source"><c>carrier</c> or <c>deck</c>.</param>
/// <param name="Stream">What was billed: <c>call/…</c>, <c>message/…</c> or <c>number/…</c>.</param>
/// <param name="Charge">Which billable thing of it: lines of the same charge add up to what it costs.</param>
/// <param name="OccurredAt">The usage instant: decides day and month.</param>
/// <param name="Unit"><c>minute</c>, <c>part</c>, <c>medium</c>, <c>item</c> or <c>month</c>; null for a sum.</param>
/// <param name="Quantity">Whole seconds of minutes, days of months, else units.</param>
/// <param name="UnitPrice">Null where none was told, or the deck has no row for the number.</param>
/// <param name="Deck">The deck that prices it; null for the carrier's.</param>
/// <param name="DeckVersion">Of that deck; null for the carrier's.</param>
/// <param name="Rate">The deck's row, such as <c>call_out/minute/+1212</c>.</param>
/// <param name="Part">The carrier's word for what it bills.</param>
/// <param name="Facts">The facts it rests on.</param>
public sealed record CostLineRow(
    string LineId, string Kind, string Source, string Service, string Stream, string Charge, string? Number,
    string? Party, string? Direction, string? Country, string CostCentre, Instant OccurredAt, string? Unit,
    long Quantity, long BilledQuantity, decimal? UnitPrice, Money Amount, string? Deck, int? DeckVersion, string? Rate,
    string? Part, IReadOnlyList<string> Facts)
{
    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Columns = """
        seq, ordinal, kind, source, service, stream, charge, number, party, direction, country, cost_centre,
        occurred_at, unit, quantity, billed_quantity, unit_price, amount, currency,
        case when source = 'deck' then coalesce(deck, 'default') end, deck_version, rate, part, facts
        """;

    public static CostLineRow Read(NpgsqlDataReader row) => new(
        IdOf(row.GetInt64(0), row.GetInt32(1)), row.GetString(2), row.GetString(3), row.GetString(4),
        row.GetString(5), row.GetString(6), row.Text(7), row.Text(8), row.Text(9), row.Text(10), row.GetString(11),
        row.GetFieldValue<Instant>(12), row.Text(13), row.GetInt64(14), row.GetInt64(15), row.Value<decimal>(16),
        row.Money(17)!, row.Text(19), row.Value<int>(20), row.Text(21), row.Text(22),
        row.GetString(23).Split(','));

    public static string IdOf(long sequence, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{sequence}-{ordinal}");

    /// <summary>Null for what is no line's id.</summary>
    public static (long Sequence, int Ordinal)? ParseId(string id) =>
        id.Split('-') is [var sequence, var ordinal]
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var nth)
            ? (place, nth)
            : null;

    public static string[] Key(CostLineRow row) =>
        [PageAsk.Key(row.OccurredAt), .. row.LineId.Split('-')];
}
