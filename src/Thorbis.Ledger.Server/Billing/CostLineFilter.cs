using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Which cost lines a list or an export is asked for.</summary>
public sealed record CostLineFilter
{
    [Description("First usage instant, inclusive: a time with offset, or a date.")]
    public string? From { get; init; }

    [Description("First usage instant that is out: a time with offset, or a date.")]
    public string? To { get; init; }

    [Description("carrier or deck.")]
    public string? Source { get; init; }

    [Description("One service, such as call_out.")]
    public string? Service { get; init; }

    [Description("The company's number, E.164.")]
    public string? Number { get; init; }

    [Description("charge, adjustment or reversal.")]
    public string? Kind { get; init; }

    [Description("A cost centre.")]
    public string? CostCentre { get; init; }

    [Description("What was billed: call/, message/ or number/ and its id.")]
    public string? Stream { get; init; }

    public static readonly IList<string> Sources = Words.All<CostSource>();

    /// <param name="zone">Where a bound that is a date has its midnight; UTC when left out.</param>
    public void Apply(Selection selection, DateTimeZone? zone = null)
    {
        selection.Between("occurred_at", From, To, zone)
            .WhereWord("source", "source", Source, Sources)
            .WhereWord("kind", "kind", Kind, Words.All<CostLineKind>());
        Equal(selection, "service", Service);
        Equal(selection, "number", string.IsNullOrEmpty(Number) ? null : Selection.Address(Number));
        Equal(selection, "cost_centre", CostCentre);
        Equal(selection, "stream", Stream);
    }

    private static void Equal(Selection selection, string column, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            selection.Where($"{column} = ?", value);
        }
    }
}
