using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What pricing a range anew would change.</summary>
/// <param name="Accounts">Calls, messages and numbers of the range that were looked at.</param>
/// <param name="Lines">How many lines it would add.</param>
/// <param name="Difference">After less before, by currency; none where nothing changes.</param>
/// <param name="Sums">By service and currency, where something changes.</param>
/// <param name="Examples">Of the lines, those of the largest amounts, a hundred at most.</param>
public sealed record RerateView(
    Instant From, Instant To, string Deck, int? Version, int Accounts, int Lines, IReadOnlyList<Money> Difference,
    IReadOnlyList<RerateSum> Sums, IReadOnlyList<RerateExample> Examples);

/// <param name="Before">What the range costs in this service now.</param>
/// <param name="After">What it would.</param>
public sealed record RerateSum(string Service, string Currency, int Lines, decimal Before, decimal After);

/// <param name="Stream">What was billed: <c>call/…</c>, <c>message/…</c> or <c>number/…</c>.</param>
/// <param name="Kind"><c>charge</c>, <c>adjustment</c> or <c>reversal</c>.</param>
public sealed record RerateExample(
    string Stream, string Charge, string Kind, string Service, string? Number, Instant OccurredAt, Money Amount);

/// <summary>Prices a range anew without recording anything.</summary>
internal sealed class ReratePreview
{
    /// <summary>What is held in memory at once, here and when the re-rating is carried out.</summary>
    public const int AccountsMax = 100_000;

    private const int ExamplesMax = 100;

    private readonly Dictionary<(string Service, string Currency), (int Lines, decimal Before, decimal After)> _sums =
        [];

    private readonly PriorityQueue<RerateExample, decimal> _examples = new();
    private int _accounts;
    private int _lines;

    /// <summary>Null where the range holds more than <see cref="AccountsMax"/>.</summary>
    public static async Task<RerateView?> OfAsync(
        string company, RangeRerated range, RateDeck under, CompanyTariff tariff, NpgsqlConnection connection,
        CancellationToken stop)
    {
        var before = tariff.Tariff;
        var told = new Placed(long.MaxValue, Guid.Empty, range);
        tariff.Learn(told.Sequence, range, range.UnderDeckId == range.DeckId ? null : under);
        var preview = new ReratePreview();
        await foreach (var (stream, account) in CostTables.UsedAsync(company, range.From, range.To, connection, stop))
        {
            if (++preview._accounts > AccountsMax)
            {
                return null;
            }
            preview.Take(stream, account, told, before, tariff.Tariff);
        }
        return preview.View(range);
    }

    private void Take(string stream, CostAccount account, Placed told, Tariff before, Tariff tariff)
    {
        var range = (RangeRerated)told.Fact;
        Sum(account.PricedAt > 0 ? account.Charges(before, told.Sequence) : [], range, after: false);
        var fold = new CostFold(account);
        foreach (var line in fold.Reprice(told, before, tariff))
        {
            _lines++;
            var (charge, price) = (line.Charge, line.Charge.Price);
            var sum = _sums.GetValueOrDefault((charge.Service, price.Currency));
            _sums[(charge.Service, price.Currency)] = sum with { Lines = sum.Lines + 1 };
            _examples.Enqueue(
                new(
                    stream, charge.Key, Words.Of(line.Kind), charge.Service, charge.Number, charge.OccurredAt,
                    new(price.Amount, price.Currency)),
                Math.Abs(price.Amount));
            if (_examples.Count > ExamplesMax)
            {
                _examples.Dequeue();
            }
        }
        Sum(fold.Account!.Charges(tariff, told.Sequence), range, after: true);
    }

    private void Sum(IReadOnlyList<Charge> charges, RangeRerated range, bool after)
    {
        foreach (var charge in charges)
        {
            if (charge.Source != CostSource.Deck || charge.OccurredAt < range.From || charge.OccurredAt >= range.To)
            {
                continue;
            }
            var key = (charge.Service, charge.Price.Currency);
            var sum = _sums.GetValueOrDefault(key);
            _sums[key] = after
                ? sum with { After = sum.After + charge.Price.Amount }
                : sum with { Before = sum.Before + charge.Price.Amount };
        }
    }

    private RerateView View(RangeRerated range)
    {
        var changed = _sums.Where(sum => sum.Value.Lines > 0).OrderBy(sum => sum.Key).ToList();
        var difference = changed.GroupBy(sum => sum.Key.Currency)
            .Select(sums => new Money(sums.Sum(sum => sum.Value.After - sum.Value.Before), sums.Key))
            .Where(money => money.Amount != 0).OrderBy(money => money.Currency, StringComparer.Ordinal);
        return new(
            range.From, range.To, range.UnderDeckId, range.Version, _accounts, _lines, [.. difference],
            [.. changed.Select(sum => new RerateSum(
                sum.Key.Service, sum.Key.Currency, sum.Value.Lines, sum.Value.Before, sum.Value.After))],
            [.. _examples.UnorderedItems.OrderByDescending(example => example.Priority)
                .ThenBy(example => example.Element.Stream, StringComparer.Ordinal).Select(example => example.Element)]);
    }
}
