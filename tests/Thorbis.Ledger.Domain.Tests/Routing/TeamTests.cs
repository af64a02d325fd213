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
        Assert.Equal(new(new("office", 3), Availability.Away), limited.InForce(Desk.Now));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Equal("callsMax", Field(TeamDecider.SetTerms(New, new(null, 0), Ann, Desk.Inventory, Desk.Now)));
        Assert.Equal("schedule", Field(TeamDecider.SetTerms(New, new("none", 1), Ann, Desk.Inventory, Desk.Now)));
        Assert.Equal("availability", Field(TeamDecider.SetAvailability(New, (Availability)9, Ann, Desk.Now)));
    }

    private static IReadOnlyList<TeamFact> Facts(Decision<TeamFact> decision) =>
        Assert.IsType<Accepted<TeamFact>>(decision).Facts;

    private static string? Field(Decision<TeamFact> decision) => Assert.IsType<Refused<TeamFact>>(decision).Why.Field;
}
