using System.ComponentModel;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Customers;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>Which calls a list or an export is asked for.</summary>
public sealed record CallFilter
{
    [Description("First usage instant, inclusive: a time with offset, or a date.")]
    public string? From { get; init; }

    [Description("First usage instant that is out: a time with offset, or a date.")]
    public string? To { get; init; }

    [Description("The company's number, E.164.")]
    public string? Number { get; init; }

    [Description("The other side: E.164, a SIP address or anonymous.")]
    public string? Party { get; init; }

    [Description("incoming, outgoing, or both parted by a comma: calls whose start is known.")]
    public string? Direction { get; init; }

    [Description("Outcomes, parted by commas, such as answered or voicemail,abandoned,unanswered.")]
    public string? Outcome { get; init; }

    [Description("true: calls going on now; false: all others.")]
    public bool? InProgress { get; init; }

    [Description("Where the other side's number comes from: US, US-CA, US-CA-415, DE; or unknown.")]
    public string? Origin { get; init; }

    [Description("Waited at most this many seconds.")]
    public int? WaitWithin { get; init; }

    [Description("Talked longer than this many seconds.")]
    public int? TalkOver { get; init; }

    [Description("true: left a queue whose wait was told; false: all others.")]
    public bool? Queued { get; init; }

    [Description("Pressed this key in a menu: 0-9, * or #.")]
    public string? Pressed { get; init; }

    [Description("Its party got a connected call within this many days (of 24 h) of its end, 1 to 90.")]
    public int? CalledBackWithin { get; init; }

    [Description("With a party that was this customer's at the usage instant: the customer's id.")]
    public string? Customer { get; init; }

    [Description("Counted for this cost centre.")]
    public string? CostCentre { get; init; }

    public static readonly IList<string> Directions = Words.All<CallDirection>();
    public static readonly IList<string> Outcomes = Words.All<CallOutcome>();

    /// <param name="zone">Where a bound that is a date has its midnight; UTC when left out.</param>
    public void Apply(Selection selection, Instant now, DateTimeZone? zone = null)
    {
        selection.Between("usage_at", From, To, zone)
            .WhereWords("direction", "direction", Direction, Directions)
            .WhereWords("outcome", "outcome", Outcome, Outcomes);
        if (!string.IsNullOrEmpty(Number))
        {
            selection.Where("number = ?", Selection.Address(Number));
        }
        if (!string.IsNullOrEmpty(Party))
        {
            selection.Where("party = ?", Selection.Address(Party));
        }
        if (CustomerConditions.OfCalls(selection, Customer) is { } theirs)
        {
            selection.Where(theirs);
        }
        if (!string.IsNullOrEmpty(CostCentre))
        {
            selection.Where("cost_centre = ?", CostCentre);
        }
        if (InProgress is { } going)
        {
            var condition = going ? CallProgress.Condition : $"not ({CallProgress.Condition})";
            selection.Where(condition, CallProgress.Since(now));
        }
        CallConditions.Apply(selection, this);
    }

    /// <summary>The list of these calls.</summary>
    public string Link()
    {
        (string Name, string? Value)[] asked =
        [
            ("from", From), ("to", To), ("number", Number), ("party", Party), ("direction", Direction),
            ("outcome", Outcome), ("inProgress", Text(InProgress)), ("origin", Origin),
            ("waitWithin", Text(WaitWithin)), ("talkOver", Text(TalkOver)), ("queued", Text(Queued)),
            ("pressed", Pressed), ("calledBackWithin", Text(CalledBackWithin)),
            ("customer", Customer), ("costCentre", CostCentre),
        ];
        return "/api/v1/calls?" + string.Join('&', asked.Where(one => !string.IsNullOrEmpty(one.Value))
            .Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
    }

    /// <summary>A range as a filter says it.</summary>
    public static CallFilter Of(Instant from, Instant to, string? number) => new()
    {
        From = InstantPattern.General.Format(from),
        To = InstantPattern.General.Format(to),
        Number = number,
    };

    private static string? Text(bool? value) => value is { } known ? (known ? "true" : "false") : null;

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
