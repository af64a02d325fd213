using System.Collections.Frozen;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>Services as cost lines name them; what a deck does not sell has a word too, as the carrier bills
/// it.</summary>
public static class ServiceWords
{
    public const string Incoming = "incoming";
    public const string Outgoing = "outgoing";

    /// <summary>A leg whose start is not known.</summary>
    public const string Call = "call";

    private static readonly FrozenDictionary<Service, string> Words = new Dictionary<Service, string>
    {
        [Service.CallIn] = "call_in",
        [Service.CallOut] = "call_out",
        [Service.SmsIn] = "sms_in",
        [Service.SmsOut] = "sms_out",
        [Service.MmsIn] = "mms_in",
        [Service.MmsOut] = "mms_out",
        [Service.Transcription] = "transcription",
        [Service.Recording] = "recording",
        [Service.ClientLeg] = "client_leg",
        [Service.NumberSetUp] = "number_set_up",
        [Service.NumberMonth] = "number_month",
        [Service.Porting] = "porting",
        [Service.FaxPage] = "fax_page",
    }.ToFrozenDictionary();

    public static string Of(Service service) => Words[service];

    public static string Of(CallDirection direction) => direction == CallDirection.Incoming ? Incoming : Outgoing;

    public static string Of(MessageDirection direction) =>
        direction == MessageDirection.Incoming ? Incoming : Outgoing;

    /// <summary>Null for types that no deck prices, such as RCS.</summary>
    public static Service? Sold(MessageDirection direction, string type) => (type, direction) switch
    {
        ("SMS", MessageDirection.Incoming) => Service.SmsIn,
        ("SMS", _) => Service.SmsOut,
        ("MMS", MessageDirection.Incoming) => Service.MmsIn,
        ("MMS", _) => Service.MmsOut,
        _ => null,
    };

    /// <summary>The word of a message, also of those that no deck prices: <c>other_in</c>, <c>other_out</c>.</summary>
    public static string Of(MessageDirection direction, string type) =>
        Sold(direction, type) is { } sold ? Of(sold)
        : direction == MessageDirection.Incoming ? "other_in"
        : "other_out";
}
