using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>Any commands in any order, some planned for later.</summary>
public sealed class RuleBookLaws
{
    private static readonly Gen<Guid> RuleId = Gen.Int[1, 4].Select(Desk.Id);
    private static readonly Gen<string> QueueId = Gen.OneOf("line", "other");

    private static readonly Gen<Rule> Rule = Gen.Select(
        Gen.Int[1, 4], Gen.Int[5, 8], QueueId, Gen.Bool, Gen.Bool, (id, seconds, queue, toQueue, on) =>
            Desk.Rule(id, toQueue ? new JoinQueue(queue) : new Direct(Desk.Box), new NumberTag($"t{seconds}")) with
            {
                Enabled = on,
                Ring = new(seconds, CallRecording.None),
            });

    private static readonly Gen<Queue> Queue = Gen.Select(
        QueueId, Gen.Int[1, 3], Gen.OneOf(Desk.Box, new ToQueue("line"), new ToQueue("other")),
        (id, size, overflow) => Desk.Line with { Id = id, Name = id, SizeMax = size, Overflow = overflow });

    private static readonly Gen<RuleBookCommand> Command = Gen.OneOf(
        Gen.Select(Rule, Gen.Int[0, 4], (rule, place) => (RuleBookCommand)new AddRule(rule, place == 0 ? null : place)),
        Rule.Select(rule => (RuleBookCommand)new ReviseRule(rule)),
        Gen.Select(RuleId, RuleId, (rule, copy) => (RuleBookCommand)new DuplicateRule(rule, copy, "Copy")),
        RuleId.Select(rule => (RuleBookCommand)new EnableRule(rule)),
        RuleId.Select(rule => (RuleBookCommand)new DisableRule(rule)),
        Gen.Select(RuleId, Gen.Int[1, 4], (rule, place) => (RuleBookCommand)new MoveRule(rule, place)),
        RuleId.Select(rule => (RuleBookCommand)new RemoveRule(rule)),
        RuleId.Select(rule => (RuleBookCommand)new RestoreRule(rule)),
        Queue.Select(queue => (RuleBookCommand)new AddQueue(queue)),
        Queue.Select(queue => (RuleBookCommand)new ReviseQueue(queue)),
        QueueId.Select(queue => (RuleBookCommand)new RemoveQueue(queue)),
        Gen.OneOf<RuleBookCommand>(
            new BlockCaller(Desk.Caller), new UnblockCaller(Desk.Caller), new SetDefaultDestination(null),
            new SetDefaultDestination(new ToQueue("line"))),
        Gen.Int[0, 5].Select(version => (RuleBookCommand)new RestoreBook(version)));

    /// <summary>Of each: the command, how many minutes later it is given, and for how many minutes ahead.</summary>
    private static readonly Gen<(RuleBookCommand Command, int After, int Ahead)[]> Commands =
        Gen.Select(Command, Gen.Int[0, 2], Gen.Int[-9, 5].Select(ahead => Math.Max(ahead, 0))).Array[1, 20];

    [Fact]
    public void Asked_again_nothing_is_recorded() =>
        Commands.Sample(commands => Play(commands, (history, command, change, now) =>
            Assert.Empty(RuleBookDeciderTests.Facts(
                RuleBookDecider.Decide(history, command, change, Desk.Inventory, now)))));

    [Fact]
    public void No_book_that_is_in_force_or_planned_lacks_a_queue_or_sends_callers_in_a_circle() =>
        Commands.Sample(commands =>
        {
            var history = Play(commands);
            Assert.All(history.Facts, fact =>
                Assert.Empty(BookProblems.Of(history.InForce(fact.EffectiveAt), Desk.Inventory)));
        });

    /// <summary>Counted out by hand: the facts known by then, one after the other.</summary>
    [Fact]
    public void In_force_at_one_time_as_known_at_another_is_what_the_facts_say() =>
        Gen.Select(Commands, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((commands, at, known) =>
        {
            var history = Play(commands);
            var state = RuleBookState.Empty;
            foreach (var minute in history.Facts.Select(fact => fact.EffectiveAt).Distinct().Order())
            {
                foreach (var fact in history.Facts)
                {
                    if (fact.EffectiveAt == minute && minute <= At(at) && fact.OccurredAt <= At(known))
                    {
                        state = RuleBookState.Evolve(state, fact);
                    }
                }
            }
            return history.InForce(At(at), At(known)) == state.Book;
        }, iter: 1_000);

    [Fact]
    public void What_was_in_force_as_known_then_never_changes() =>
        Gen.Select(Commands, Commands, Gen.Int[0, 40]).Sample((first, then, at) =>
        {
            var history = Play(first);
            var known = history.Facts.Select(fact => fact.OccurredAt).DefaultIfEmpty(At(0)).Max();
            var longer = Play([.. first, .. then.Select((c, i) => i == 0 ? c with { After = 3 } : c)]);
            return longer.InForce(At(at), known) == history.InForce(At(at));
        });

    [Fact]
    public void A_restored_version_is_the_former_one() =>
        Gen.Select(Commands, Gen.Int[0, 20]).Sample((commands, version) =>
        {
            var history = Play(commands);
            var now = At(1_000);
            var wanted = Math.Min(version, history.Version);
            var decision = RuleBookDecider.Decide(
                history, new RestoreBook(wanted), new("user:mia"), Desk.Inventory, now);
            return decision is Accepted<RuleBookFact> { Facts: var facts }
                && history.With(facts).InForce(now) == history.AtVersion(wanted);
        });

    /// <summary>Found by hand: the last change between the books one before and one after it of which the value is not
    /// the same.</summary>
    [Fact]
    public void Each_value_in_force_is_blamed_on_the_last_change_that_made_it_another() =>
        Gen.Select(Commands, Gen.Int[0, 40]).Sample((commands, at) =>
        {
            var history = Play(commands);
            var order = history.Facts.Select((fact, i) => (fact, Version: i + 1))
                .Where(change => change.fact.EffectiveAt <= At(at)).OrderBy(change => change.fact.EffectiveAt).ToList();
            var books = order.Aggregate(
                new List<RuleBookState> { RuleBookState.Empty },
                (states, change) => [.. states, RuleBookState.Evolve(states[^1], change.fact)])
                .ConvertAll(state => state.Book);
            var blamed = RuleBookBlame.Of(history, At(at));
            foreach (var rule in books[^1].Rules)
            {
                Assert.Equal(Last(book => book.Rule(rule.Id)?.Name), Blamed(rule.Id, "name"));
                Assert.Equal(Last(book => book.Rule(rule.Id)?.Enabled), Blamed(rule.Id, "enabled"));
                Assert.Equal(Last(book => book.Rule(rule.Id)?.Ring.Seconds), Blamed(rule.Id, "ring.seconds"));
                Assert.Equal(Last(book => book.Rule(rule.Id)?.Then), Blamed(rule.Id, "then"));
                Assert.Equal(Last(book => Before(book, rule.Id)), Blamed(rule.Id, "place"));
            }
            Assert.Equal(
                books[^1].Blocked.Select(caller => (string?)caller),
                blamed.Where(value => value.Field == "blocked").Select(value => value.Thing));

            int Last(Func<RuleBook, object?> value) => order[
                Enumerable.Range(0, order.Count).Last(i => !Equals(value(books[i]), value(books[i + 1])))].Version;
            int Blamed(Guid rule, string field) =>
                blamed.Single(value => value.RuleId == rule && value.Field == field).Version;
        }, iter: 1_000);

    /// <summary>The rule before one: empty for the first, null for one that is not there.</summary>
    private static Guid? Before(RuleBook book, Guid id) =>
        book.Rules.Select((rule, i) => (rule.Id, Before: i == 0 ? Guid.Empty : book.Rules[i - 1].Id))
            .Where(rule => rule.Id == id).Select(rule => (Guid?)rule.Before).FirstOrDefault();

    [Fact]
    public void Stored_and_read_again_a_history_gives_the_same_book() =>
        Commands.Sample(commands =>
        {
            var history = Play(commands);
            return Stored(history).InForce(At(1_000)) == history.InForce(At(1_000));
        });

    private static RuleBookHistory Stored(RuleBookHistory history) =>
        new([.. history.Facts.Select(fact => (RuleBookFact)LedgerJson.Reload((object)fact, fact.GetType()))]);

    private static Instant At(int minute) => Desk.Now + Duration.FromMinutes(minute);

    private static RuleBookHistory Play(
        (RuleBookCommand Command, int After, int Ahead)[] commands,
        Action<RuleBookHistory, RuleBookCommand, Change, Instant>? afterwards = null)
    {
        var (history, minute) = (RuleBookHistory.Empty, 0);
        foreach (var (command, after, ahead) in commands)
        {
            minute += after;
            var change = new Change("user:mia", EffectiveAt: At(minute + ahead));
            if (RuleBookDecider.Decide(history, command, change, Desk.Inventory, At(minute))
                is Accepted<RuleBookFact> { Facts: var facts })
            {
                history = history.With(facts);
                afterwards?.Invoke(history, command, change, At(minute));
            }
        }
        return history;
    }
}
