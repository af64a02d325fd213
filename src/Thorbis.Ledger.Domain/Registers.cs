using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Thorbis.Ledger.Domain;

/// <summary>Something told at an instant, of which a state keeps one telling.</summary>
internal interface ITold
{
    Instant At { get; }

    /// <summary>Differs wherever the kept content differs; decides between tellings of the same instant.</summary>
    string Content();
}

/// <summary>Something a state keeps several of, told apart by a key.</summary>
internal interface IKeyed<T>
{
    string Key { get; }

    /// <summary>What is kept of two tellings of the same thing; the same whichever comes first.</summary>
    T Merge(T other);
}

/// <summary>
/// The ways a state takes in facts. Each gives the same result in any order and however often a fact is told,
/// so whatever is built of them does too.
/// </summary>
internal static class Registers
{
    public static Instant Earliest(Instant? known, Instant told) => known is { } at && at <= told ? at : told;

    public static Instant Latest(Instant? known, Instant told) => known is { } at && at >= told ? at : told;

    public static Instant? Earliest(Instant? known, Instant? told) =>
        told is { } at ? Earliest(known, at) : known;

    public static Instant? Latest(Instant? known, Instant? told) =>
        told is { } at ? Latest(known, at) : known;

    public static T Earliest<T>(T? known, T told)
        where T : class, ITold => known is null || Order(told, known) < 0 ? told : known;

    public static T Latest<T>(T? known, T told)
        where T : class, ITold => known is null || Order(told, known) > 0 ? told : known;

    private static int Order<T>(T left, T right)
        where T : class, ITold
    {
        var byTime = left.At.CompareTo(right.At);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Content(), right.Content());
    }

    /// <summary>The list with the item in its place by key, merged with the one that has its key.</summary>
    public static IReadOnlyList<T> With<T>(IReadOnlyList<T>? list, T item)
        where T : IKeyed<T>
    {
        var count = list?.Count ?? 0;
        var place = 0;
        var order = -1;
        while (place < count && (order = string.CompareOrdinal(list![place].Key, item.Key)) < 0)
        {
            place++;
        }
        var known = place < count && order == 0;
        var result = new T[known ? count : count + 1];
        for (var i = 0; i < count; i++)
        {
            result[i < place || known ? i : i + 1] = list![i];
        }
        result[place] = known ? list![place].Merge(item) : item;
        return result;
    }

    public static string List(IReadOnlyList<string> values)
    {
        var text = Content(values.Count);
        foreach (var value in values)
        {
            text += Content(value);
        }
        return text;
    }

    /// <summary>One text for several values; different values give different texts.</summary>
    public static string Content(params ReadOnlySpan<object?> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            var part = value switch
            {
                null => null,
                Instant at => InstantPattern.ExtendedIso.Format(at),
                Money money => Content(money.Amount, money.Currency),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
            // The length keeps neighbours apart whatever they contain; decimals keep their trailing zeros.
            text.Append(part?.Length ?? -1).Append(':').Append(part);
        }
        return text.ToString();
    }
}
