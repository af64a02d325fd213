using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>Which calls a list or an export is asked for.</summary>
public sealed record CallFilter(
    [property: Description("First usage instant, inclusive: a time with offset, or a date.")] string? From,
    [property: Description("First usage instant that is out: a time with offset, or a date.")] string? To,
    [property: Description("The company's number, E.164.")] string? Number,
    [property: Description("The other side: E.164, a SIP address or anonymous.")] string? Party,
    [property: Description("incoming or outgoing.")] string? Direction,
    [property: Description("One outcome, such as answered, abandoned, self_served or busy.")] string? Outcome,
    [property: Description("true: calls going on now; false: all others.")] bool? InProgress)
{
    public static readonly IList<string> Directions = Words.All<CallDirection>();
    public static readonly IList<string> Outcomes = Words.All<CallOutcome>();

    /// <param name="zone">Where a bound that is a date has its midnight; UTC when left out.</param>
    public void Apply(Selection selection, Instant now, DateTimeZone? zone = null)
    {
        selection.Between("usage_at", From, To, zone)
            .WhereWord("direction", "direction", Direction, Directions)
            .WhereWord("outcome", "outcome", Outcome, Outcomes);
        if (!string.IsNullOrEmpty(Number))
        {
            selection.Where("number = ?", Selection.Address(Number));
        }
        if (!string.IsNullOrEmpty(Party))
        {
            selection.Where("party = ?", Selection.Address(Party));
        }
        if (InProgress is { } going)
        {
            var condition = going ? CallProgress.Condition : $"not ({CallProgress.Condition})";
            selection.Where(condition, CallProgress.Since(now));
        }
    }
}
