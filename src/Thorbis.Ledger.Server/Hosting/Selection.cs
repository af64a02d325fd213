using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>
/// The rows of one company that a request asks for, as SQL conditions; or, when a field of the request cannot be
/// taken as it is, the problem to answer with.
/// </summary>
/// <param name="company">Also in the query, though Postgres shows no other company's rows anyway.</param>
/// <param name="tenantColumn">The tenant column, with its alias where several tables are read.</param>
public sealed class Selection(string company, string tenantColumn = "tenant_id")
{
    /// <summary>The company, as it is named in the statement.</summary>
    public const string Company = "$1";

    private readonly List<string> _conditions = [$"{tenantColumn} = {Company}"];
    private readonly List<object> _values = [company];

    /// <summary>The first field that was refused; null while all are fine.</summary>
    public IResult? Problem { get; private set; }

    /// <summary>The conditions, to follow <c>where</c>.</summary>
    public string Sql => string.Join(" and ", _conditions);

    /// <summary>Adds a condition; every <c>?</c> in it stands for the next value.</summary>
    public Selection Where(string condition, params ReadOnlySpan<object> values)
    {
        _conditions.Add(Condition(condition, values));
        return this;
    }

    /// <summary>A condition that the statement itself places; every <c>?</c> in it stands for the next value.</summary>
    public string Condition(string condition, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            var at = condition.IndexOf('?', StringComparison.Ordinal);
            condition = string.Concat(condition.AsSpan(0, at), Parameter(value), condition.AsSpan(at + 1));
        }
        return condition;
    }

    /// <summary>Adds a value and gives its name in the statement.</summary>
    public string Parameter(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    /// <summary>Half-open: <paramref name="from"/> belongs to it, <paramref name="to"/> does not.</summary>
    /// <param name="zone">Where a bound that is a date has its midnight; UTC when left out.</param>
    public Selection Between(string column, string? from, string? to, DateTimeZone? zone = null)
    {
        Bound("from", from, zone, bound => Where($"{column} >= ?", bound));
        Bound("to", to, zone, bound => Where($"{column} < ?", bound));
        return this;
    }

    /// <summary>Half-open: <paramref name="from"/> belongs to it, <paramref name="to"/> does not. Bounds are instants
    /// with their offsets.</summary>
    public Selection Within(string column, string? from, string? to)
    {
        foreach (var (field, text, compared) in new[] { ("from", from, ">="), ("to", to, "<") })
        {
            if (string.IsNullOrEmpty(text))
            {
                continue;
            }
            if (AskedTime.ParseInstant(text) is { } instant)
            {
                Where($"{column} {compared} ?", instant);
                continue;
            }
            Refuse(field, AskedTime.InstantExpected);
        }
        return this;
    }

    /// <summary>Equality with one of a closed set of words; no condition when nothing is asked.</summary>
    public Selection WhereWord(string column, string field, string? word, IList<string> words)
    {
        if (string.IsNullOrEmpty(word))
        {
            return this;
        }
        return words.Contains(word)
            ? Where($"{column} = ?", word)
            : Refuse(field, $"Expected one of {string.Join(", ", words)}.");
    }

    /// <summary>Equality with one of several words of a closed set, parted by commas; no condition when nothing is
    /// asked.</summary>
    public Selection WhereWords(string column, string field, string? asked, IList<string> words)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return this;
        }
        var any = asked.Split(',');
        return any.All(words.Contains)
            ? Where($"{column} = any(?)", new object[] { any })
            : Refuse(field, $"Expected some of {string.Join(", ", words)}, parted by commas.");
    }

    public Selection Refuse(string field, string reason)
    {
        Problem ??= Problems.Invalid(field, reason);
        return this;
    }

    public NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in _values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }

    /// <summary>
    /// A telephone number as asked, in E.164 where it is one. A blank at its front is the plus sign of a query that
    /// was not escaped.
    /// </summary>
    public static string Address(string text)
    {
        var written = text.StartsWith(' ') ? string.Concat("+", text.AsSpan(1)) : text;
        return PhoneNumber.Normalize(written) ?? written;
    }

    private void Bound(string field, string? text, DateTimeZone? zone, Action<Instant> add)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }
        if (AskedTime.Parse(text, zone ?? DateTimeZone.Utc) is { } instant)
        {
            add(instant);
            return;
        }
        Refuse(field, AskedTime.Expected);
    }
}
