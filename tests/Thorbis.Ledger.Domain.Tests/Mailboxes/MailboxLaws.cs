using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Mailboxes;

/// <summary>Of any box, whatever was decided of it in whatever order.</summary>
public sealed class MailboxLaws
{
    private static readonly Gen<Mailbox> AnyBox = Gen.Select(
        Gen.Int[0, 1], Gen.Int[9, 12], Gen.Int[0, 3],
        (name, seconds, days) => Boxes.Bare with
        {
            Name = $"B{name}",
            MessageSecondsMax = seconds,
            RetentionDays = days == 3 ? null : days,
        });

    /// <summary>A command, and when it is given and shall hold, in hours.</summary>
    private static readonly Gen<(Func<MailboxHistory, Change, Instant, Decision<MailboxFact>> Decide, int Ahead)[]>
        AnyStory = Gen.Select(
            Gen.OneOf(
                AnyBox.Select(box => Command((history, change, now) =>
                    MailboxDecider.Set(history, box, change, [], Desk.Inventory, now))),
                Gen.Const(Command((history, change, now) => MailboxDecider.Retire(history, change, [], now))),
                Gen.Int[0, 6].Select(version => Command((history, change, now) =>
                    MailboxDecider.Restore(history, version, change, [], Desk.Inventory, now))),
                Gen.Bool.Select(same => Command((history, change, now) => MailboxDecider.SetPin(
                    history, "front", "2580", same, change with { EffectiveAt = null }, now))),
                Gen.Const(Command((history, change, now) => MailboxDecider.ClearPin(
                    history, "front", change with { EffectiveAt = null }, now)))),
            Gen.Int[-1, 5]).Array[0, 12];

    [Fact]
    public void What_was_accepted_and_is_asked_again_records_nothing() => AnyStory.Sample(story =>
    {
        Tell(story, (history, decide, change, now, facts) =>
        {
            if (facts is not [MailboxPinSet])
            {
                var again = decide(history.With(facts), change, now);
                Assert.Empty(Assert.IsType<Accepted<MailboxFact>>(again).Facts);
            }
        });
    });

    [Fact]
    public void What_was_once_known_stays_as_it_was_known() => AnyStory.Sample(story =>
    {
        var history = Tell(story, (_, _, _, _, _) => { });
        for (var told = 0; told <= history.Version; told++)
        {
            var then = new MailboxHistory([.. history.Facts.Take(told)]);
            var known = told == 0 ? Desk.Now - Duration.Epsilon : history.Facts[told - 1].OccurredAt;
            for (var hour = 0; hour < 20; hour++)
            {
                var at = Desk.Now + Duration.FromHours(hour);
                Assert.Equal(then.InForce(at), history.InForce(at, known));
                Assert.Equal(then.HasPin(at), history.HasPin(at, known));
            }
        }
    });

    [Fact]
    public void A_restored_box_is_the_one_of_its_version() => AnyStory.Sample(story =>
    {
        Tell(story, (history, _, change, now, facts) =>
        {
            if (facts is [MailboxRestored restored])
            {
                Assert.Equal(history.AtVersion(restored.Version), history.With(facts).InForce(change.From(now)));
            }
        });
    });

    [Fact]
    public void No_PIN_changes_the_settings_and_no_settings_change_the_PIN() => AnyStory.Sample(story =>
    {
        Tell(story, (history, _, change, now, facts) =>
        {
            var (after, at) = (history.With(facts), change.From(now));
            Assert.True(facts is not [MailboxPinSet or MailboxPinCleared] || after.InForce(at) == history.InForce(at));
            Assert.True(facts is [MailboxPinSet or MailboxPinCleared] || after.HasPin(at) == history.HasPin(at));
        });
    });

    /// <summary>One command an hour; those that are refused leave nothing.</summary>
    private static MailboxHistory Tell(
        (Func<MailboxHistory, Change, Instant, Decision<MailboxFact>> Decide, int Ahead)[] story,
        Action<MailboxHistory, Func<MailboxHistory, Change, Instant, Decision<MailboxFact>>, Change, Instant,
            IReadOnlyList<MailboxFact>> told)
    {
        var history = MailboxHistory.Empty;
        foreach (var ((decide, ahead), hour) in story.Select((step, hour) => (step, hour)))
        {
            var now = Desk.Now + Duration.FromHours(hour);
            var change = Boxes.Mia with { EffectiveAt = ahead == 0 ? null : now + Duration.FromHours(ahead) };
            if (decide(history, change, now) is Accepted<MailboxFact> { Facts: var facts })
            {
                told(history, decide, change, now, facts);
                history = history.With(facts);
            }
        }
        return history;
    }

    private static Func<MailboxHistory, Change, Instant, Decision<MailboxFact>> Command(
        Func<MailboxHistory, Change, Instant, Decision<MailboxFact>> decide) => decide;
}
