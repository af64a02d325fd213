using CsCheck;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Tests.Routing;
using Thorbis.Ledger.Domain.Tests.Schedules;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

/// <summary>Of any two, also such as would be refused.</summary>
public sealed class DifferenceLaws
{
    private static readonly Gen<Queue> Queue = Gen.Select(
        Gen.OneOf("ann", "bob", "cat").Array[0, 3], Gen.Enum<QueueStrategy>(), Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 3],
        (members, strategy, size, announce, other) => Desk.Line with
        {
            Members = members,
            Strategy = strategy,
            SizeMax = size,
            AnnouncePosition = announce,
            HoldAudio = other == 1 ? "tune" : null,
            Overflow = other == 2 ? new ToBusy() : Desk.Box,
            CallBack = other == 3 ? null : new(60, $"{size}"),
        });

    private static readonly Gen<VoicemailNotice?> Notice = Gen.Select(
        Gen.OneOf("ann", "bob").Array[0, 2], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool,
        (members, email, text, transcript, some) =>
            some ? new VoicemailNotice(members, email, text, transcript) : null);

    private static readonly Gen<TeamMember> Member = Gen.Select(
        Gen.Enum<Availability>(), Gen.OneOf("office", "night", null), Gen.Int[1, 3],
        Gen.OneOf("+4940", "+4930").Array[0, 2], (availability, schedule, calls, phones) =>
            new TeamMember(new(schedule, calls, phones is [] ? null : phones), availability));

    private static readonly Gen<Mailbox> Box = Gen.Select(
        Gen.OneOf("a", "b"), Gen.OneOf<Announcement?>(null, Desk.Say("Hi."), Desk.Say("Bye.")), Notice, Gen.Bool,
        Gen.Int[1, 2], Gen.Int[1, 2], Gen.OneOf<int?>(null, 1, 7),
        (name, greeting, notice, transcribe, seconds, messages, days) =>
            new Mailbox("box", name, greeting, notice, transcribe, seconds, messages, days));

    [Fact]
    public void A_schedule_tells_exactly_the_fields_that_differ() =>
        Mixed(ScheduleLaws.Any, 5).Sample((before, other, mix) =>
        {
            var after = new Schedule(
                mix[0] ? "other" : before.Name, (mix[1] ? other : before).Zone, (mix[2] ? other : before).Week,
                (mix[3] ? other : before).AfterHours, (mix[4] ? other : before).Holidays);
            Exactly(
                Differences.Of(before, after, NameBook.None), before == after,
                ("name", before.Name == after.Name), ("zone", before.Zone == after.Zone),
                ("week", before.Week.SequenceEqual(after.Week)), ("afterHours", before.AfterHours == after.AfterHours),
                ("holidays", before.Holidays.SequenceEqual(after.Holidays)));
        });

    [Fact]
    public void A_rule_tells_exactly_the_fields_that_differ() =>
        Gen.Select(Mixed(AnyRouting.Rule, 4), Notice, Notice).Sample((pair, old, now) =>
        {
            var (first, other, mix) = pair;
            var before = first with { Notice = old };
            var after = new Rule(
                before.Id, mix[0] ? "other" : before.Name, (mix[1] ? other : before).Enabled,
                (mix[2] ? other : before).When, (mix[3] ? other : before).Then, other.Ring, other.Fallback, now);
            Exactly(
                Differences.Of(before, after, NameBook.None), before == after,
                ("name", before.Name == after.Name), ("enabled", before.Enabled == after.Enabled),
                ("when", before.When.SequenceEqual(after.When)), ("then", before.Then == after.Then),
                ("ring", before.Ring == after.Ring), ("fallback", before.Fallback == after.Fallback),
                ("notice", before.Notice == after.Notice));
        });

    [Fact]
    public void A_queue_tells_exactly_the_fields_that_differ() => Gen.Select(Queue, Queue).Sample((before, after) =>
        Exactly(
            Differences.Of(before, after, NameBook.None), before == after,
            ("members", before.Members.SequenceEqual(after.Members)), ("strategy", before.Strategy == after.Strategy),
            ("sizeMax", before.SizeMax == after.SizeMax), ("holdAudio", before.HoldAudio == after.HoldAudio),
            ("announcePosition", before.AnnouncePosition == after.AnnouncePosition),
            ("overflow", before.Overflow == after.Overflow), ("callBack", before.CallBack == after.CallBack)));

    [Fact]
    public void A_rule_book_tells_exactly_the_parts_that_differ() =>
        Mixed(AnyRouting.Book, 4).Sample((before, other, mix) =>
        {
            var after = new RuleBook(
                (mix[0] ? other : before).Rules, (mix[1] ? other : before).Queues,
                (mix[2] ? other : before).Blocked, (mix[3] ? other : before).Default);
            Exactly(
                Differences.Of(before, after, NameBook.None), before == after,
                ("rules", before.Rules.SequenceEqual(after.Rules)),
                ("queues", before.Queues.SequenceEqual(after.Queues)),
                ("blocked", before.Blocked.SequenceEqual(after.Blocked)), ("default", before.Default == after.Default));
        });

    [Fact]
    public void A_menu_tells_exactly_the_parts_that_differ() =>
        Mixed(AnyRouting.Menu, 3).Sample((before, other, mix) =>
        {
            var after = new Menu(
                before.Id, mix[0] ? "other" : before.Name, (mix[1] ? other : before).Entry,
                (mix[2] ? other : before).Nodes, other.Operator);
            Exactly(
                Differences.Of(before, after, NameBook.None), before == after,
                ("name", before.Name == after.Name), ("entry", before.Entry == after.Entry),
                ("nodes", before.Nodes.SequenceEqual(after.Nodes)), ("operator", before.Operator == after.Operator));
        });

    [Fact]
    public void A_node_tells_exactly_the_fields_that_differ() =>
        Gen.Select(AnyRouting.Menu.Where(menu => menu.Nodes.Count > 1), Gen.Bool.Array[4]).Sample((menu, mix) =>
        {
            var (before, other) = (menu.Nodes[0], menu.Nodes[1]);
            var after = new MenuNode(
                before.Id, (mix[0] ? other : before).Greeting, (mix[1] ? other : before).Choices, other.TimeoutSeconds,
                other.Retries, (mix[2] ? other : before).InvalidKey, (mix[3] ? other : before).Otherwise);
            var changes = Differences.Of(
                menu with { Nodes = [before] }, menu with { Nodes = [after] }, NameBook.None);
            Exactly(
                [.. changes.Select(change => change with { Field = change.Field.Split('.', 2)[^1] })],
                before == after,
                ("greeting", before.Greeting == after.Greeting),
                ("choices", before.Choices.SequenceEqual(after.Choices)),
                ("retries", before.Retries == after.Retries), ("invalidKey", before.InvalidKey == after.InvalidKey),
                ("otherwise", before.Otherwise == after.Otherwise));
        });

    [Fact]
    public void A_voicemail_box_tells_exactly_the_fields_that_differ() =>
        Gen.Select(Box, Box).Sample((before, after) => Exactly(
            Differences.Of(before, after, NameBook.None), before == after,
            ("name", before.Name == after.Name), ("greeting", before.Greeting == after.Greeting),
            ("notice", before.Notice == after.Notice), ("transcribe", before.Transcribe == after.Transcribe),
            ("messageSecondsMax", before.MessageSecondsMax == after.MessageSecondsMax),
            ("messagesMax", before.MessagesMax == after.MessagesMax),
            ("retentionDays", before.RetentionDays == after.RetentionDays)));

    [Fact]
    public void A_member_tells_exactly_the_fields_that_differ() => Gen.Select(Member, Member).Sample((before, after) =>
        Exactly(
            Differences.Of(before, after, NameBook.None), before == after,
            ("availability", before.Availability == after.Availability), ("terms", before.Terms == after.Terms)));

    [Fact]
    public void What_stays_keeps_its_order_and_no_more_could_stay() =>
        Gen.Int[0, 6].SelectMany(count => Gen.Shuffle(Enumerable.Range(0, count).ToArray())).Sample(order =>
        {
            var moved = Pairing<int>.By(
                [.. order.Order()], order, place => place, place => $"{place}").Moved().Select(pair => pair.Before);
            var staying = order.Except(moved).ToArray();
            var most = Enumerable.Range(0, 1 << order.Length).Max(bits =>
            {
                var some = order.Where((_, i) => (bits & (1 << i)) != 0).ToArray();
                return some.SequenceEqual(some.Order()) ? some.Length : 0;
            });
            return staying.SequenceEqual(staying.Order()) && staying.Length == most;
        });

    private static Gen<(T Before, T Other, bool[] Mix)> Mixed<T>(Gen<T> any, int fields) =>
        Gen.Select(any, any, Gen.Bool.Array[fields]);

    private static void Exactly(
        IReadOnlyList<FieldChange> changes, bool same, params (string Field, bool Same)[] fields)
    {
        Assert.Equal(same, changes.Count == 0);
        Assert.Equal(
            fields.Where(field => !field.Same).Select(field => field.Field).Order(),
            changes.Select(change => change.Field.Split('.', '[')[0]).Distinct().Order());
        Assert.All(changes, change => Assert.False(change.Before is null && change.After is null));
        Assert.All(changes, change => Assert.NotEmpty(change.Words));
    }
}
