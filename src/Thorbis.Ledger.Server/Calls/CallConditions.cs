using System.Text.RegularExpressions;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>
/// What figures are counted by, as conditions on rows of <c>ledger.call</c>, so that a figure and the list of the calls
/// behind it say the same.
/// </summary>
public static partial class CallConditions
{
    /// <summary>Talked longer than <c>?</c> seconds.</summary>
    public const string TalkOver = "talk_microseconds > ?::bigint * 1000000";

    /// <summary>Pressed key <c>?</c> in a menu.</summary>
    public const string Pressed = "position(? in menu_keys) > 0";

    /// <summary>
    /// The party got a connected outgoing call that began within <c>?</c> times 24 hours of the end, both bounds
    /// included.
    /// </summary>
    public const string CalledBack = """
        exists (select 1 from ledger.call back
          where back.tenant_id = call.tenant_id and back.party = call.party and back.direction = 'outgoing'
            and back.outcome = 'connected' and back.usage_at >= call.ended_at
            and back.usage_at <= call.ended_at + ? * interval '24 hours')
        """;

    /// <summary>Asks for calls whose origin is not known.</summary>
    public const string Unknown = "unknown";
    private const int DaysMax = 90;

    public static void Apply(Selection selection, CallFilter filter)
    {
        Origin(selection, filter.Origin);
        Seconds(selection, "waitWithin", "wait_microseconds <= ?::bigint * 1000000", filter.WaitWithin);
        Seconds(selection, "talkOver", TalkOver, filter.TalkOver);
        if (filter.Queued is { } queued)
        {
            selection.Where(queued ? "queue_seconds is not null" : "queue_seconds is null");
        }
        if (!string.IsNullOrEmpty(filter.Pressed))
        {
            _ = filter.Pressed is [var key] && MenuKey.Keys.Contains(key)
                ? selection.Where(Pressed, filter.Pressed)
                : selection.Refuse("pressed", "Expected one of 0-9, * and #.");
        }
        if (filter.CalledBackWithin is { } days)
        {
            _ = days is >= 1 and <= DaysMax
                ? selection.Where(CalledBack, days)
                : selection.Refuse("calledBackWithin", $"Expected 1 to {DaysMax} days.");
        }
    }

    // Every part has its own length, so what is asked begins what lies in it and nothing else.
    private static void Origin(Selection selection, string? origin)
    {
        if (!string.IsNullOrEmpty(origin))
        {
            _ = origin == Unknown ? selection.Where("origin is null")
                : Place().IsMatch(origin) ? selection.Where("starts_with(origin, ?)", origin)
                : selection.Refuse("origin", "Expected a place such as US, US-CA, US-CA-415 or DE, or unknown.");
        }
    }

    private static void Seconds(Selection selection, string field, string condition, int? seconds)
    {
        if (seconds is { } asked)
        {
            _ = asked >= 0 ? selection.Where(condition, asked) : selection.Refuse(field, "Expected 0 or more.");
        }
    }

    [GeneratedRegex("^[A-Z]{2}(-[A-Z]{2})?(-[0-9]{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
