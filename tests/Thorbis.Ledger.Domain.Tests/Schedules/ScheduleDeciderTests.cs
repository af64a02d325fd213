using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class ScheduleDeciderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 12, 0);
    private static readonly Instant December = Instant.FromUtc(2026, 12, 1, 0, 0);
    private static readonly Instant January = Instant.FromUtc(2027, 1, 1, 0, 0);
    private static readonly Change Edit = new("user:a", "as agreed", "192.0.2.1");

    private static readonly Schedule First = Plans.Of("UTC", WeekPresets.Weekdays);
    private static readonly Schedule Second = First with { Week = WeekPresets.Early };
    private static readonly Schedule Third = First with { AfterHours = new ToHangUp() };

    [Fact]
    public void A_definition_tells_who_why_whence_and_from_when_on()
    {
        var terms = First with { Name = " office ", Week = [.. First.Week.Reverse()] };

        var defined = Assert.Single(Facts(
            ScheduleDecider.Define(null, Guid.Empty, terms, [], Edit with { EffectiveAt = December }, Now)));

        Assert.Equal(
            new ScheduleDefined(Guid.Empty, 1, First)
            {
                OccurredAt = Now,
                EffectiveAt = December,
                By = "user:a",
                Reason = "as agreed",
                Address = "192.0.2.1",
            },
            defined);
    }

    [Fact]
    public void The_same_command_again_records_nothing()
    {
        var defined = Define(First);
        var revised = Revise(defined, Second, December);
        var retired = Retire(revised, January);
        var later = Now + Duration.FromDays(60);

        Assert.Empty(Facts(ScheduleDecider.Define(defined, Guid.Empty, First, [], Edit, later)));
        Assert.Empty(Facts(ScheduleDecider.Define(revised, Guid.Empty, First, [], Edit, later)));
        Assert.Empty(Facts(ScheduleDecider.Revise(
            revised, 1, Second, [], Edit with { EffectiveAt = December }, later)));
        Assert.Empty(Facts(ScheduleDecider.Retire(retired, 2, [], Edit with { EffectiveAt = January }, later)));
    }

    [Fact]
    public void Terms_that_are_in_force_already_are_no_revision()
    {
        var revised = Revise(Define(First), Second, December);

        Assert.Empty(Facts(ScheduleDecider.Revise(revised, 2, First, [], Edit, Now)));
        Assert.Empty(Facts(ScheduleDecider.Revise(revised, 2, Second, [], Edit with { EffectiveAt = January }, Now)));
        Assert.Single(Facts(ScheduleDecider.Revise(revised, 2, Second, [], Edit, Now)));
        Assert.Single(Facts(ScheduleDecider.Revise(revised, 2, First, [], Edit with { EffectiveAt = December }, Now)));
    }

    [Fact]
    public void A_stale_edit_is_refused_with_both_versions()
    {
        var revised = Revise(Define(First), Second, Now);

        foreach (var version in new[] { 0, 1, 3 })
        {
            var why = Why(ScheduleDecider.Revise(revised, version, Third, [], Edit, Now));
            Assert.Equal("stale-edit", why.Code);
            Assert.Contains($"{version}", why.Detail, StringComparison.Ordinal);
            Assert.Contains("2", why.Detail, StringComparison.Ordinal);
            Assert.Equal("stale-edit", Why(ScheduleDecider.Retire(revised, version, [], Edit, Now)).Code);
        }
    }

    [Fact]
    public void Another_s_edit_in_between_makes_a_repeated_one_stale()
    {
        var state = Revise(Revise(Define(First), Second, Now), Third, Now);

        Assert.Equal("stale-edit", Why(ScheduleDecider.Revise(state, 1, Second, [], Edit, Now)).Code);
    }

    [Fact]
    public void A_retired_schedule_is_decided_of_no_more()
    {
        var retired = Retire(Define(First), December);

        Assert.Equal("schedule-retired", Why(ScheduleDecider.Revise(retired, 2, Second, [], Edit, Now)).Code);
        Assert.Equal("schedule-retired", Why(ScheduleDecider.Revise(
            retired, 1, First, [], Edit with { EffectiveAt = December }, Now)).Code); // No repetition of it.
        Assert.Equal("schedule-retired", Why(ScheduleDecider.Retire(retired, 2, [], Edit, Now)).Code);
        Assert.Equal("schedule-exists", Why(ScheduleDecider.Define(retired, Guid.Empty, Second, [], Edit, Now)).Code);
    }

    [Fact]
    public void What_is_still_named_is_not_retired_and_it_is_said_by_what()
    {
        var rule = new Reference(ReferenceKind.Schedule, $"{Guid.Empty}", "then.schedule", "rule 'Sales'");

        var why = Why(ScheduleDecider.Retire(Define(First), 1, [rule], Edit, Now));

        Assert.Equal("in-use", why.Code);
        Assert.Contains("rule 'Sales'", why.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_by_its_field()
    {
        var state = Define(First);
        var past = Edit with { EffectiveAt = Now - Duration.Epsilon };
        var far = Edit with { EffectiveAt = Now + Duration.FromDays(3661) };
        var wordy = Edit with { Reason = new string('a', 501) };

        Assert.Equal("effectiveAt", Why(ScheduleDecider.Define(null, Guid.Empty, First, [], past, Now)).Field);
        Assert.Equal("effectiveAt", Why(ScheduleDecider.Revise(state, 1, Second, [], past, Now)).Field);
        Assert.Equal("effectiveAt", Why(ScheduleDecider.Retire(state, 1, [], far, Now)).Field);
        Assert.Equal("reason", Why(ScheduleDecider.Define(null, Guid.Empty, First, [], wordy, Now)).Field);
        Assert.Equal("reason", Why(ScheduleDecider.Retire(state, 1, [], wordy, Now)).Field);
        Assert.Equal("name", Why(ScheduleDecider.Define(null, Guid.Empty, First, ["office"], Edit, Now)).Field);
        Assert.Equal("name", Why(ScheduleDecider.Revise(state, 1, Second, ["office"], Edit, Now)).Field);
        Assert.Equal("zone", Why(ScheduleDecider.Revise(state, 1, Second with { Zone = "x" }, [], Edit, Now)).Field);
    }

    [Fact]
    public void A_company_has_at_most_500_schedules()
    {
        string[] others = [.. Enumerable.Range(0, 500).Select(i => $"other {i}")];

        Assert.Equal(
            "too-many-schedules", Why(ScheduleDecider.Define(null, Guid.Empty, First, others, Edit, Now)).Code);
        Assert.Single(Facts(ScheduleDecider.Define(null, Guid.Empty, First, others[1..], Edit, Now)));
    }

    /// <summary>Second was recorded for January, then Third for December.</summary>
    [Theory, Table("""
        at                    known  inForce
        2026-11-23T11:59:59Z  3      -
        2026-11-23T12:00:00Z  3      First     # From its instant on.
        2026-11-30T23:59:59Z  3      First
        2026-12-01T00:00:00Z  3      Third
        2026-12-31T23:59:59Z  3      Third
        2027-01-01T00:00:00Z  3      Second    # Recorded before Third, but effective after it.
        2026-12-01T00:00:00Z  2      First     # As known before Third was recorded.
        2027-01-01T00:00:00Z  2      Second
        2027-01-01T00:00:00Z  1      First
        2027-01-01T00:00:00Z  0      -
        """)]
    public void In_force_is_the_latest_effective_of_what_was_known(string at, int known, string? inForce)
    {
        var state = Revise(Revise(Define(First), Second, January), Third, December);

        var found = state.InForceAt(NodaTime.Text.InstantPattern.General.Parse(at).Value, known)?.Terms;

        Assert.Equal(inForce switch { "First" => First, "Second" => Second, "Third" => Third, _ => null }, found);
    }

    [Fact]
    public void Of_two_effective_at_the_same_instant_the_later_recorded_is_in_force()
    {
        var state = Revise(Revise(Define(First), Second, December), Third, December);

        Assert.Equal(Third, state.TermsAt(December));
    }

    [Fact]
    public void A_retirement_is_final_whatever_was_to_come_after_it()
    {
        var state = Retire(Revise(Define(First), Second, January), December);

        Assert.Equal(First, state.TermsAt(December - Duration.Epsilon));
        Assert.Null(state.TermsAt(December));
        Assert.Null(state.TermsAt(January));
        Assert.True(state.InForceAt(January)!.Retired);
    }

    private static ScheduleState Define(Schedule terms) =>
        Told(null, ScheduleDecider.Define(null, Guid.Empty, terms, [], Edit, Now));

    private static ScheduleState Revise(ScheduleState state, Schedule terms, Instant effectiveAt) => Told(
        state, ScheduleDecider.Revise(state, state.Version, terms, [], Edit with { EffectiveAt = effectiveAt }, Now));

    private static ScheduleState Retire(ScheduleState state, Instant effectiveAt) =>
        Told(state, ScheduleDecider.Retire(state, state.Version, [], Edit with { EffectiveAt = effectiveAt }, Now));

    private static ScheduleState Told(ScheduleState? state, Decision<ScheduleFact> decision) =>
        LedgerJson.Reload(ScheduleState.Evolve(state, Assert.Single(Facts(decision)) switch
        {
            ScheduleDefined defined => LedgerJson.Reload(defined),
            ScheduleRevised revised => LedgerJson.Reload(revised),
            var retired => LedgerJson.Reload((ScheduleRetired)retired),
        })!);

    private static IReadOnlyList<ScheduleFact> Facts(Decision<ScheduleFact> decision) =>
        Assert.IsType<Accepted<ScheduleFact>>(decision).Facts;

    private static Refusal Why(Decision<ScheduleFact> decision) =>
        Assert.IsType<Refused<ScheduleFact>>(decision).Why;
}
