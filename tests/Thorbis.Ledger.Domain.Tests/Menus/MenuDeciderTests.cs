using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Menus;

public sealed class MenuDeciderTests
{
    private static readonly Instant Now = Desk.Now;
    private static readonly Instant Later = Now + Duration.FromDays(1);
    private static readonly Change Mia = new("user:mia", "spring");
    private static readonly Menu Renamed = Desk.Main with { Name = "Spring" };
    private static readonly MenuHistory Defined = MenuHistory.Empty.With(Facts(Set(MenuHistory.Empty, Desk.Main)));

    [Fact]
    public void A_menu_is_defined_revised_retired_and_restored()
    {
        var revised = Defined.With(Facts(Set(Defined, Renamed)));
        var retired = revised.With(Facts(MenuDecider.Retire(revised, Mia, [], Now)));
        var restored = retired.With(Facts(MenuDecider.Restore(retired, 1, Mia, 0, ["line"], Desk.Inventory, Now)));

        Assert.Equal(
            ["MenuDefined", "MenuRevised", "MenuRetired", "MenuRestored"],
            restored.Facts.Select(fact => fact.GetType().Name));
        Assert.Equal(Renamed, revised.InForce(Now));
        Assert.Null(retired.InForce(Now));
        Assert.Equal(Desk.Main, restored.InForce(Now));
    }

    [Fact]
    public void What_is_planned_holds_from_its_instant_on()
    {
        var planned = Defined.With(Facts(Set(Defined, Renamed, Mia with { EffectiveAt = Later })));

        Assert.Equal(Desk.Main, planned.InForce(Later - Duration.Epsilon));
        Assert.Equal(Renamed, planned.InForce(Later));
        Assert.Null(planned.InForce(Later, known: Now - Duration.Epsilon));
    }

    [Fact]
    public void Asked_again_nothing_is_recorded()
    {
        var retired = Defined.With(Facts(MenuDecider.Retire(Defined, Mia, [], Now)));

        Assert.Empty(Facts(Set(Defined, LedgerJson.Reload(Desk.Main))));
        Assert.Empty(Facts(MenuDecider.Retire(retired, Mia, [], Now)));
        Assert.Empty(Facts(MenuDecider.Restore(Defined, 1, Mia, 0, ["line"], Desk.Inventory, Now)));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var references = References.Of(Desk.Book(Desk.Rule(1, new PlayMenu("main"))));

        Assert.Equal("in-use", Why(MenuDecider.Retire(Defined, Mia, references, Now)).Code);
        Assert.Equal("stale-edit", Why(Set(Defined, Renamed, Mia with { Version = 0 })).Code);
        Assert.Equal("entry", Why(Set(Defined, Renamed with { Entry = "none" })).Field);
        Assert.Equal("version", Why(MenuDecider.Restore(Defined, 2, Mia, 0, ["line"], Desk.Inventory, Now)).Field);
    }

    [Fact]
    public void A_menu_is_defined_once_and_restored_after_it_was_retired()
    {
        var retired = Defined.With(Facts(MenuDecider.Retire(Defined, Mia, [], Now)));

        Assert.Empty(Facts(Define(Defined, Desk.Main)));
        Assert.Equal("menu-exists", Why(Define(Defined, Renamed)).Code);
        Assert.Equal("menu-exists", Why(Define(retired, Desk.Main)).Code);
    }

    [Fact]
    public void A_company_has_five_hundred_menus_at_most()
    {
        var retired = Defined.With(Facts(MenuDecider.Retire(Defined, Mia, [], Now)));

        Assert.Single(Facts(Set(MenuHistory.Empty, Desk.Main, others: 499)));
        Assert.Equal("too-many-menus", Why(Set(MenuHistory.Empty, Desk.Main, others: 500)).Code);
        Assert.Equal("too-many-menus", Why(
            MenuDecider.Restore(retired, 1, Mia, 500, ["line"], Desk.Inventory, Now)).Code);
        Assert.Single(Facts(Set(Defined, Renamed, others: 500)));
    }

    [Fact]
    public void A_menu_has_ended_once_it_is_retired_and_nothing_is_planned()
    {
        var planned = MenuHistory.Empty.With(Facts(Set(
            MenuHistory.Empty, Desk.Main, Mia with { EffectiveAt = Later })));
        var taken = planned.With(Facts(MenuDecider.Retire(planned, Mia with { EffectiveAt = Later }, [], Now)));

        Assert.Equal((false, Later), (planned.EndedBy(Now), planned.BeginAfter(Now)));
        Assert.Equal((true, null), (taken.EndedBy(Now), taken.BeginAfter(Now)));
        Assert.Equal((0, 2), (taken.VersionAt(Now), taken.VersionAt(Later)));
        Assert.False(Defined.EndedBy(Now));
    }

    private static Decision<MenuFact> Define(MenuHistory history, Menu menu) =>
        MenuDecider.Define(history, menu, Mia, 0, ["line"], Desk.Inventory, Now);

    private static Decision<MenuFact> Set(
        MenuHistory history, Menu menu, Change? change = null, int others = 0) =>
        MenuDecider.Set(history, menu, change ?? Mia, others, ["line"], Desk.Inventory, Now);

    private static IReadOnlyList<MenuFact> Facts(Decision<MenuFact> decision) =>
        Assert.IsType<Accepted<MenuFact>>(decision).Facts;

    private static Refusal Why(Decision<MenuFact> decision) => Assert.IsType<Refused<MenuFact>>(decision).Why;
}
