using NodaTime;
using Thorbis.Ledger.Domain.Analytics;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Analytics;

public sealed class GoalDeciderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly Guid Id = new("0192d3a0-0000-7000-8000-000000000001");

    [Theory, Table("""
        name   kind            seconds  key   days  field
        sales  AnsweredLonger  0        -     -     -
        sales  AnsweredLonger  86400    -     -     -
        sales  AnsweredLonger  -1       -     -     seconds
        sales  AnsweredLonger  86401    -     -     seconds
        sales  AnsweredLonger  -        -     -     seconds
        sales  AnsweredLonger  30       1     -     key       # Only what its kind needs.
        sales  AnsweredLonger  30       -     1     days
        sales  PressedKey      -        0     -     -
        sales  PressedKey      -        *     -     -
        sales  PressedKey      -        A     -     key
        sales  PressedKey      -        12    -     key
        sales  PressedKey      -        -     -     key
        sales  PressedKey      5        1     -     seconds
        sales  CalledBack      -        -     1     -
        sales  CalledBack      -        -     90    -
        sales  CalledBack      -        -     0     days
        sales  CalledBack      -        -     91    days
        sales  -               -        -     -     kind
        -      CalledBack      -        -     1     name
        """)]
    public void A_goal_has_a_name_and_what_its_kind_needs(
        string? name, GoalKind? kind, int? seconds, string? key, int? days, string? field) => Assert.Equal(
        field, (Define(new(name, kind, seconds, key, days)) as Refused<GoalFact>)?.Why.Field);

    [Fact]
    public void Names_in_force_are_taken_and_there_are_not_too_many()
    {
        var draft = new GoalDraft("sales", GoalKind.CalledBack, Days: 2);
        string[] twenty = [.. Enumerable.Range(0, GoalDecider.InForceMax).Select(i => $"goal {i}")];

        Assert.Equal("goal-exists", (Define(draft, "sales") as Refused<GoalFact>)?.Why.Code);
        Assert.Equal("too-many-goals", (Define(draft, twenty) as Refused<GoalFact>)?.Why.Code);
        Assert.IsType<Accepted<GoalFact>>(Define(draft, twenty[1..]));
    }

    [Fact]
    public void The_fact_says_who_defined_what_and_why()
    {
        var decision = Define(new("long talks", GoalKind.AnsweredLonger, 60, Reason: "they buy"));

        Assert.Equal(
            new GoalDefined(Id, Now, "long talks", GoalKind.AnsweredLonger, 60, null, null, "user:1", "they buy"),
            Assert.Single(Assert.IsType<Accepted<GoalFact>>(decision).Facts));
    }

    [Fact]
    public void Retiring_again_records_nothing_new()
    {
        var first = GoalDecider.Retire(Id, retired: false, "no use", "user:1", Now);
        var again = GoalDecider.Retire(Id, retired: true, "no use", "user:1", Now);

        Assert.Equal([new GoalRetired(Id, Now, "user:1", "no use")], Assert.IsType<Accepted<GoalFact>>(first).Facts);
        Assert.Empty(Assert.IsType<Accepted<GoalFact>>(again).Facts);
    }

    private static Decision<GoalFact> Define(GoalDraft draft, params string[] inForce) =>
        GoalDecider.Define(inForce, Id, draft, "user:1", Now);
}
