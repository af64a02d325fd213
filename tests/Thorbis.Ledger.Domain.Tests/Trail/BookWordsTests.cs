using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

public sealed class BookWordsTests
{
    private static readonly Rule[] Rules =
    [
        .. new[] { "Blocked hours", "Support", "Sales" }.Select((name, i) =>
            Desk.Rule(i + 1, new Direct(Desk.Box)) with { Name = name }),
    ];

    private static readonly RuleBook Book = Desk.Book(Rules);

    [Fact]
    public void Rules_are_known_by_their_ids() => Told.Is(
        """
        rules[Blocked hours] | every call: to the voicemail box Office, rings 20 s | - | rule 'Blocked hours' removed
        rules[Night] | - | every call: to Anna, rings 20 s, switched off
          | rule 'Night' added (every call: to Anna, rings 20 s, switched off)
        rules[Support].name | Support | Help | rule 'Support' renamed to 'Help'
        rules[Support].ring.seconds | 20 s | 30 s | rule 'Support': ring time 20 s → 30 s
        rules[Sales].enabled | on | off | rule 'Sales' switched off
        """,
        Differences.Of(Book, Book with
        {
            Rules =
            [
                Rules[1] with { Name = "Help", Ring = new(30, CallRecording.None) }, Rules[2] with { Enabled = false },
                Desk.Rule(9, new Direct(new ToMember("ann"))) with { Name = "Night", Enabled = false },
            ],
        }, Told.Names));

    [Theory, Table("""
        order     words
        3 1 2     rule 'Sales' moved from place 3 to 1
        2 3 1     rule 'Blocked hours' moved from place 1 to 3
        1 3 2     rule 'Support' moved from place 2 to 3
        3 2 1     rule 'Blocked hours' moved from place 1 to 3; rule 'Support' moved among the others, still place 2
        """)]
    public void The_fewest_moves_are_told(string order, string words) => Assert.Equal(
        words,
        string.Join("; ", Differences.Of(
            Book, Book with { Rules = [.. order.Split(' ').Select(place => Rules[int.Parse(place) - 1])] }, Told.Names)
            .Select(change => change.Words)));

    [Fact]
    public void Of_two_that_swapped_the_one_that_somebody_moved_is_told() => Told.Is(
        Differences.Of(Book, Book with { Rules = [Rules[0], Rules[2], Rules[1]] }, Told.Names, Rules[2].Id),
        "rule 'Sales' moved from place 3 to 2");

    [Fact]
    public void Two_rules_of_one_name_have_paths_of_their_own() => Told.Is(
        "rules[Sales#2].enabled | on | off | rule 'Sales' switched off",
        Differences.Of(
            Desk.Book(Rules[2], Rules[1] with { Name = "Sales" }),
            Desk.Book(Rules[2], Rules[1] with { Name = "Sales", Enabled = false }), Told.Names));

    [Fact]
    public void Callers_and_the_default_are_told() => Told.Is(
        """
        blocked[+4940] | +4940 | - | caller +4940 no longer blocked
        blocked[+4930123456] | - | +4930123456 | caller +4930123456 blocked
        default | the busy tone | - | default destination removed (was the busy tone)
        """,
        Differences.Of(
            Book with { Blocked = ["+4940"] }, Book with { Blocked = [Desk.Caller], Default = null }, Told.Names));

    [Fact]
    public void A_queue_tells_its_fields() => Told.Is(
        """
        queues[Line].name | Line | Front | queue 'Line' renamed to 'Front'
        queues[Line].members[bob] | Ben | - | queue 'Line': member Ben removed
        queues[Line].strategy | longest idle first | in turns | queue 'Line': strategy longest idle first → in turns
        queues[Line].waitSecondsMax | 300 s | 240 s | queue 'Line': longest wait 300 s → 240 s
        queues[Line].sizeMax | 2 | 5 | queue 'Line': most callers 2 → 5
        queues[Line].holdAudio | - | recording 'Tune' | queue 'Line': hold audio set to recording 'Tune'
        queues[Line].announcePosition | on | off | queue 'Line': announcing the position switched off
        queues[Line].overflow | the voicemail box Office | Menu 'Main'
          | queue 'Line': overflow the voicemail box Office → Menu 'Main'
        queues[Line].callBack.afterSeconds | 60 s | 90 s | queue 'Line': call-back offered after 60 s → 90 s
        queues[Line].callBack.key | 1 | 2 | queue 'Line': call-back key 1 → 2
        """,
        Differences.Of(Book, Book with
        {
            Queues =
            [
                new(
                    "line", "Front", ["ann"], QueueStrategy.RoundRobin, 240, 5, "tune", false, new ToMenu("main"),
                    new(90, "2")),
            ],
        }, Told.Names));

    [Fact]
    public void A_queue_is_added_with_what_it_does() => Told.Is(
        Differences.Of(Book with { Queues = [] }, Book, Told.Names),
        "queue 'Line' added (longest idle first to Anna, Ben, at most 2 callers and 300 s, "
        + "then the voicemail box Office)");

    [Fact]
    public void Members_who_are_offered_calls_in_order_have_places() => Told.Is(
        Differences.Of(
            Desk.Line with { Strategy = QueueStrategy.InOrder },
            Desk.Line with { Strategy = QueueStrategy.InOrder, Members = ["bob", "ann"] }, Told.Names),
        "member Anna moved from place 1 to 2");

    [Fact]
    public void A_call_back_can_be_offered_and_not() => Told.Is(
        Differences.Of(Desk.Line, Desk.Line with { CallBack = null }, Told.Names),
        "call-back removed (was key 1 after 60 s)");
}
