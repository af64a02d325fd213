using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <param name="Caller">Left out for one who shows no number.</param>
/// <param name="At">With its offset; now when left out.</param>
/// <param name="Tags">Of the number; not known when left out.</param>
/// <param name="Customer">Whom the caller is linked to, empty for nobody; what the ledger knows when left out.</param>
/// <param name="Members">By member; what they last said of themselves stands for what is left out, and their calls are
/// not known.</param>
/// <param name="Turns">By round robin rule, then by member.</param>
/// <param name="Waiting">By queue.</param>
/// <param name="Pressed">In menus, as in the test of a menu: keys, <c>t</c> for a time-out, <c>s</c> for silence, at
/// most 100.</param>
/// <param name="Idle">Of what is left out: members are available and have no calls, nobody waits or had a turn, the
/// number has no tags.</param>
public sealed record ImaginedCall(
    [property: MaxLength(ImaginedCall.TextMax)] string Called,
    [property: MaxLength(ImaginedCall.TextMax)] string? Caller = null, string? At = null,
    IReadOnlyList<string>? Tags = null, string? Customer = null,
    IReadOnlyDictionary<string, MemberStateView>? Members = null,
    IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, int>>? Turns = null,
    IReadOnlyDictionary<string, int>? Waiting = null,
    [property: MaxLength(ImaginedCall.PressedMax)] string? Pressed = null, bool Idle = false)
{
    internal const int TextMax = 256;
    internal const int PressedMax = 100;
    private const int ListMax = 1_000;

    private const string PressedExpected = "Expected at most 100 of 0-9 * #, t for a time-out, s for silence.";

    /// <summary>The call with what the request says of it, or what of that cannot be taken.</summary>
    internal (CallSituation? Call, Refusal? Why) Read(Instant now)
    {
        var at = string.IsNullOrEmpty(At) ? now : AskedTime.ParseInstant(At);
        return (CheckTexts() ?? CheckLists() ?? CheckTime(at)) is { } refusal ? (null, refusal)
            : !MenuInput.TryParse(Pressed ?? "", out var pressed) ? (null, Refusal.Of("call.pressed", PressedExpected))
            : (new(Called, Caller, CallDirection.Incoming, at!.Value)
            {
                Tags = Tags ?? (Idle ? [] : null),
                Pressed = pressed,
                Turns = Turns ?? new Dictionary<Guid, IReadOnlyDictionary<string, int>>(),
                Waiting = Waiting ?? new Dictionary<string, int>(),
            }, null);
    }

    /// <summary>What the request leaves open is filled by the ledger, or by idleness.</summary>
    /// <param name="spans">By which the call is decided on.</param>
    internal CallSituation Complete(CallSituation call, RoutingPast past, IReadOnlyList<RoutingSpan> spans)
    {
        var books = spans.Select(span => span.Configuration.Book).ToList();
        var completed = call with
        {
            Customer = Customer is null ? past.CustomerOf(call.Caller, call.At)
                : new(Customer.Length > 0 ? Customer : null),
            Members = spans.SelectMany(span => span.Configuration.Team.Keys).Distinct()
                .ToDictionary(member => member, member => StateOf(member, past, call.At)),
        };
        return !Idle ? completed : completed with
        {
            Turns = books.SelectMany(book => book.Rules).Select(rule => rule.Id).Distinct()
                .ToDictionary(id => id, id => call.Turns.GetValueOrDefault(id) ?? new Dictionary<string, int>()),
            Waiting = books.SelectMany(book => book.Queues).Select(queue => queue.Id).Distinct()
                .ToDictionary(id => id, id => call.Waiting.GetValueOrDefault(id)),
        };
    }

    private MemberState StateOf(string member, RoutingPast past, Instant at)
    {
        var said = Members?.GetValueOrDefault(member);
        return new(
            said?.Availability ?? past.AvailabilityOf(member, at) ?? (Idle ? Availability.Available : null),
            said?.Calls ?? (Idle ? 0 : null));
    }

    private static Refusal? CheckTime(Instant? at) =>
        at is null ? Refusal.Of("call.at", AskedTime.InstantExpected)
        : at < Timetable.First || at >= Timetable.End ? Refusal.Of("call.at", "Only 1800 to 2499 can be asked for.")
        : null;

    private Refusal? CheckTexts() =>
        PhoneNumber.Normalize(Called) is null || Called.Length > TextMax
            ? Refusal.Of("call.called", "Expected a number: + and 5 to 15 digits, country code first.")
        : Caller?.Length > TextMax ? Refusal.Of("call.caller", $"At most {TextMax} characters.")
        : Pressed?.Length > PressedMax ? Refusal.Of("call.pressed", PressedExpected)
        : null;

    private Refusal? CheckLists()
    {
        (string Field, int? Count, bool Holes)[] lists =
        [
            ("tags", Tags?.Count, Tags?.Contains(null!) == true),
            ("members", Members?.Count, Members?.Values.Contains(null!) == true),
            ("turns", Turns?.Count, Turns?.Values.Contains(null!) == true), ("waiting", Waiting?.Count, false),
        ];
        return lists.Where(list => list.Count > ListMax || list.Holes).Select(list => Refusal.Of(
            $"call.{list.Field}", $"At most {ListMax}, each with something said of it.")).FirstOrDefault();
    }
}
