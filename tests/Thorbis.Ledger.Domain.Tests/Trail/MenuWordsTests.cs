using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

public sealed class MenuWordsTests
{
    private static readonly MenuNode Top = Desk.Main.Nodes[0];

    public static TheoryData<MenuNode, string> Nodes => new()
    {
        {
            Top with { Choices = [Top.Choices[0], Top.Choices[2]] },
            "nodes[top].choices[2] | to Anna | - "
            + "| key 2 removed"
        },
        {
            Top with { Choices = [.. Top.Choices, new("3", new CallOperator())] },
            "nodes[top].choices[3] | - | to the operator "
            + "| key 3 added (to the operator)"
        },
        {
            With("2", new Transfer(new ToMember("bob"))),
            "nodes[top].choices[2].then.to | Anna | Ben "
            + "| key 2 goes to Anna → Ben"
        },
        {
            With("2", new HangUpCall(null)),
            "nodes[top].choices[2].then | to Anna | is hung up "
            + "| key 2 to Anna → is hung up"
        },
        {
            With("2", new HangUpCall(Desk.Say("Bye."))),
            "nodes[top].choices[2].then | to Anna | hears \"Bye.\" and is hung up "
            + "| key 2 to Anna → hears \"Bye.\" and is hung up"
        },
        {
            With("2", new OpenSubmenu("more")),
            "nodes[top].choices[2].then | to Anna | to node 'more' "
            + "| key 2 to Anna → to node 'more'"
        },
        {
            With("2", new PlayMessage(Desk.Say("News."), null)),
            "nodes[top].choices[2].then | to Anna | hears \"News.\" and comes back "
            + "| key 2 to Anna → hears \"News.\" and comes back"
        },
        {
            With("1", new LeaveMessage("box")),
            "nodes[top].choices[1].then | waits in Queue 'Line' | leaves a message in the voicemail box Office "
            + "| key 1 waits in Queue 'Line' → leaves a message in the voicemail box Office"
        },
        {
            Top with { Choices = [Top.Choices[1], Top.Choices[0], Top.Choices[2]] },
            "nodes[top].choices | 1, 2, * | 2, 1, * "
            + "| keys listed in another order"
        },
        {
            Top with { Greeting = Desk.Say("Hello.") },
            "nodes[top].greeting.text | \"Welcome.\" | \"Hello.\" "
            + "| greeting \"Welcome.\" → \"Hello.\""
        },
        {
            Top with { Greeting = new AudioFile("tune") },
            "nodes[top].greeting | \"Welcome.\" | recording 'Tune' "
            + "| greeting \"Welcome.\" → recording 'Tune'"
        },
        { Top with { TimeoutSeconds = 8 }, "nodes[top].timeoutSeconds | 5 s | 8 s | wait for a key 5 s → 8 s" },
        { Top with { Retries = 2 }, "nodes[top].retries | 1 | 2 | retries 1 → 2" },
        {
            Top with { InvalidKey = null },
            "nodes[top].invalidKey | \"No such key.\" | - "
            + "| text for a wrong key removed (was \"No such key.\")"
        },
        {
            Top with { Otherwise = new RepeatNode() },
            "nodes[top].otherwise | leaves a message in the voicemail box Office | hears the greeting again "
            + "| who chooses nothing leaves a message in the voicemail box Office → hears the greeting again"
        },
    };

    [Theory, MemberData(nameof(Nodes))]
    public void A_node_tells_what_became_different(MenuNode after, string line) =>
        Told.Is(line, Differences.Of(Desk.Main, Desk.Main with { Nodes = [after] }, Told.Names));

    [Fact]
    public void In_a_menu_of_several_nodes_each_is_named()
    {
        var more = Top with { Id = "more", Choices = [] };

        Told.Is(
            """
            name | Main | Front | renamed to 'Front'
            entry | node 'top' | node 'more' | callers begin at node 'top' → node 'more'
            nodes[last] | - | says "Welcome.", otherwise leaves a message in the voicemail box Office
              | node 'last' added (says "Welcome.", otherwise leaves a message in the voicemail box Office)
            nodes[top].choices[2] | to Anna | - | node 'top': key 2 removed
            operator | - | Ben | operator set to Ben
            """,
            Differences.Of(
                Desk.Main with { Nodes = [Top, more] },
                new(
                    "main", "Front", "more",
                    [Top with { Choices = [Top.Choices[0], Top.Choices[2]] }, more, more with { Id = "last" }],
                    new ToMember("bob")),
                Told.Names));
    }

    [Fact]
    public void A_message_tells_its_text_and_where_it_leads() => Told.Is(
        Differences.Of(
            Menu(new PlayMessage(Desk.Say("News."), null)), Menu(new PlayMessage(Desk.Say("Old."), "top")), Told.Names),
        "message of key 2 \"News.\" → \"Old.\"", "key 2 after the message set to node 'top'");

    [Fact]
    public void A_menu_is_created_and_removed_as_a_whole()
    {
        Told.Is(
            " | - | 1 node, begins at 'top' | menu 'Main' created (1 node, begins at 'top')",
            Differences.Of(null, Desk.Main, Told.Names));
        Told.Is(" | 1 node, begins at 'top' | - | menu 'Main' removed", Differences.Of(Desk.Main, null, Told.Names));
    }

    [Fact]
    public void A_member_tells_availability_schedule_and_load() => Told.Is(
        """
        availability | available | not to be disturbed | availability available → not to be disturbed
        terms.schedule | - | Office hours | schedule set to Office hours
        terms.callsMax | 1 | 3 | calls at the same time 1 → 3
        terms.phones[+4940] | - | +4940 | phone +4940 added
        """,
        Differences.Of(null, new TeamMember(new("office", 3, ["+4940"]), Availability.DoNotDisturb), Told.Names));

    [Fact]
    public void A_voicemail_box_tells_its_fields()
    {
        var box = new Mailbox("box", "Office", null, new(["ann"], true, false, false), false, 120, 100, null);

        Told.Is(
            """
            name | Office | Night | renamed to 'Night'
            greeting | - | "Hi." | greeting set to "Hi."
            notice | Anna by e-mail | - | voicemail notice removed (was Anna by e-mail)
            transcribe | off | on | transcription switched on
            messageSecondsMax | 120 s | 60 s | longest message 120 s → 60 s
            messagesMax | 100 | 50 | most messages 100 → 50
            retentionDays | for ever | 30 days | messages kept for ever → 30 days
            """,
            Differences.Of(box, new("box", "Night", Desk.Say("Hi."), null, true, 60, 50, 30), Told.Names));
        Told.Is(
            Differences.Of(null, box, Told.Names),
            "voicemail box 'Office' created (greeting the carrier's own, messages of at most 120 s, kept for ever, "
            + "notice to Anna by e-mail)");
    }

    private static MenuNode With(string key, MenuAction then) => Top with
    {
        Choices = [.. Top.Choices.Select(choice => choice.Key == key ? new(key, then) : choice)],
    };

    private static Menu Menu(MenuAction then) => Desk.Main with { Nodes = [With("2", then)] };
}
