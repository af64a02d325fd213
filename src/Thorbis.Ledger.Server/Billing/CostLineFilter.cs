using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Which cost lines a list or an export is asked for.</summary>
public sealed record CostLineFilter(
    [property: Description("First usage instant, inclusive: a time with offset, or a date.")] string? From,
    [property: Description("First usage instant that is out: a time with offset, or a date.")] string? To,
    [property: Description("carrier or deck.")] string? Source,
    [property: Description("One service, such as call_out.")] string? Service,
    [property: Description("The company's number, E.164.")] string? Number,
    [property: Description("charge, adjustment or reversal.")] string? Kind,
    [property: Description("A cost centre.")] string? CostCentre,
    [property: Description("What was billed: call/, message/ or number/ and its id.")] string? Stream)
{
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
