using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

public sealed class TeamTests
{
    private static readonly Change Ann = new("user:ann");
    private static readonly TeamHistory New = new("ann", []);
    private static readonly Instant Friday = Desk.Now + Duration.FromDays(3);

    [Fact]
    public void Who_said_nothing_is_available_for_one_call() =>
        Assert.Equal(new(new(null, 1), Availability.Available), New.InForce(Desk.Now));

    [Fact]
    public void Availability_can_be_planned()
    {
        var planned = New.With(Facts(
            TeamDecider.SetAvailability(New, Availability.Away, Ann with { EffectiveAt = Friday }, Desk.Now)));

        Assert.Equal(Availability.Available, planned.InForce(Friday - Duration.Epsilon).Availability);
        Assert.Equal(Availability.Away, planned.InForce(Friday).Availability);
    }

    [Fact]
    public void Asked_again_nothing_is_recorded()
    {
        var away = New.With(Facts(TeamDecider.SetAvailability(New, Availability.Away, Ann, Desk.Now)));
        var limited = away.With(Facts(
            TeamDecider.SetTerms(away, new("office", 3), Ann, Desk.Inventory, Desk.Now)));

        Assert.Empty(Facts(TeamDecider.SetAvailability(away, Availability.Away, Ann, Desk.Now)));
        Assert.Empty(Facts(TeamDecider.SetTerms(limited, new("office", 3), Ann, Desk.Inventory, Desk.Now)));
        Assert.Equal(new(new("office", 3), Availability.Away, Desk.Now), limited.InForce(Desk.Now));
    }

    [Fact]
    public void The_first_word_is_recorded_though_it_says_what_was_taken_for_granted()
    {
        var said = New.With(Facts(TeamDecider.SetAvailability(New, Availability.Available, Ann, Desk.Now)));

        Assert.Equal(Desk.Now, said.InForce(Desk.Now).Since);
        Assert.Empty(Facts(TeamDecider.SetAvailability(said, Availability.Available, Ann, Friday)));
    }

    [Fact]
    public void Availability_lasts_since_it_began_though_it_was_planned_again()
    {
        var planned = New.With(Facts(
            TeamDecider.SetAvailability(New, Availability.Away, Ann with { EffectiveAt = Friday }, Desk.Now)));
        var away = planned.With(Facts(TeamDecider.SetAvailability(planned, Availability.Away, Ann, Desk.Now)));

        Assert.Null(New.InForce(Desk.Now).Since);
        Assert.Equal(Friday, planned.InForce(Friday).Since);
        Assert.Equal(Desk.Now, away.InForce(Friday).Since);
    }

    [Fact]
    public void Phones_are_told_once_each_and_none_is_the_same_as_not_told()
    {
        TeamTerms told = new("office", 1, ["+12025550100", "sip:ann@pbx.example.com:5061"]);
        var phones = New.With(Facts(TeamDecider.SetTerms(New, told, Ann, Desk.Inventory, Desk.Now)));

        Assert.Empty(Facts(
            TeamDecider.SetTerms(phones, LedgerJson.Reload(told), Ann, Desk.Inventory, Desk.Now)));
        Assert.Empty(Facts(TeamDecider.SetTerms(New, new(null, 1, []), Ann, Desk.Inventory, Desk.Now)));
        Assert.Equal(
            new TeamTermsSet("ann", new("office", 1)),
            Assert.Single(Facts(TeamDecider.SetTerms(
                phones, new("office", 1, []), Ann, Desk.Inventory, Desk.Now))) with
            {
                OccurredAt = default,
                EffectiveAt = default,
                By = "",
            });
    }

    [Fact]
    public void Terms_are_stale_after_other_terms_but_not_after_a_word_on_availability()
    {
        var limited = New.With(Facts(TeamDecider.SetTerms(New, new(null, 3), Ann, Desk.Inventory, Desk.Now)));
        var away = limited.With(Facts(TeamDecider.SetAvailability(limited, Availability.Away, Ann, Desk.Now)));

        Assert.Single(Facts(Terms(away, 2)));
        Assert.Single(Facts(Terms(away, 1)));
        Assert.Equal("stale-edit", Assert.IsType<Refused<TeamFact>>(Terms(away, 0)).Why.Code);
        Assert.Equal("stale-edit", Assert.IsType<Refused<TeamFact>>(Terms(away, 3)).Why.Code);

        static Decision<TeamFact> Terms(TeamHistory history, int seen) => TeamDecider.SetTerms(
            history, new(null, 4), Ann with { Version = seen }, Desk.Inventory, Desk.Now);
    }

    [Fact]
    public void Terms_from_before_there_were_phones_are_read_and_written_as_they_were()
    {
        const string stored = """{"schedule":"office","callsMax":3}""";

        Assert.Equal(new TeamTerms("office", 3), LedgerJson.Reload(new TeamTerms("office", 3)));
        Assert.Equal(stored, LedgerJson.Write(LedgerJson.Read<TeamTerms>(stored)));
    }

    [Theory, Table("""
        phone                        taken
        +12025550100                 true
        sip:ann@pbx.example.com      true
        sip:%2B1202@10.0.0.7:5060    true
        sip:ann@pbx                  true
        2025550100                   false
        +1202555                     true   # Short, but E.164.
        +0202555010                  false
        ann@pbx.example.com          false
        sip:pbx.example.com          false
        sip:@pbx.example.com         false
        sip:ann@                     false
        sip:ann@b@c                  false
        sip:ann@pbx..com             false
        sip:ann@-pbx.com             false
        sip:ann@pbx:port             false
        sip:ann@pbx:                 false
        sip:ann:secret@pbx           false  # No password stands in a fact.
        sips:ann@pbx                 false
        tel:+12025550100             false
        """)]
    public void A_phone_is_a_number_or_a_SIP_address(string phone, bool taken)
    {
        var decision = TeamDecider.SetTerms(New, new(null, 1, [phone]), Ann, Desk.Inventory, Desk.Now);

        Assert.Equal(taken ? null : "phones[0]", decision is Refused<TeamFact> refused ? refused.Why.Field : null);
    }

    [Fact]
    public void A_schedule_that_a_members_terms_name_is_in_use() => Assert.NotNull(Reference.InUse(
        ReferenceKind.Schedule, "office", "Office", References.Of(new TeamTerms("office", 1), "ann")));

    [Fact]
    public void What_cannot_be_is_refused()
    {
        string[] eleven = [.. Enumerable.Range(10, 11).Select(i => $"+12025550{i}")];

        Assert.Equal("phones", Field(TeamDecider.SetTerms(New, new(null, 1, eleven), Ann, Desk.Inventory, Desk.Now)));
        Assert.Equal("phones[1]", Field(TeamDecider.SetTerms(
            New, new(null, 1, ["sip:ann@pbx", "sip:ann@PBX"]), Ann, Desk.Inventory, Desk.Now)));

        Assert.Equal("callsMax", Field(TeamDecider.SetTerms(New, new(null, 0), Ann, Desk.Inventory, Desk.Now)));
        Assert.Equal("schedule", Field(TeamDecider.SetTerms(New, new("none", 1), Ann, Desk.Inventory, Desk.Now)));
        Assert.Equal("availability", Field(TeamDecider.SetAvailability(New, (Availability)9, Ann, Desk.Now)));
    }

    private static IReadOnlyList<TeamFact> Facts(Decision<TeamFact> decision) =>
        Assert.IsType<Accepted<TeamFact>>(decision).Facts;

    private static string? Field(Decision<TeamFact> decision) => Assert.IsType<Refused<TeamFact>>(decision).Why.Field;
}
