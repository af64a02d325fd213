using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>Calls of which not everything is known, as those of long ago.</summary>
public sealed class UnknownTests
{
    private static readonly Rule Turns = Desk.Rule(1, new RoundRobin(["ann", "bob"]));

    [Fact]
    public void It_matters_only_where_the_decision_depends_on_it()
    {
        var call = Desk.Call() with { Customer = null, Tags = null };
        var byCustomer = Desk.Rule(1, new Direct(Desk.Box), new FromCustomer([]));

        Assert.Equal([UnknownFact.Customer], Because(call, byCustomer));
        Assert.Empty(Because(call, byCustomer with { When = [new FromCustomer([]), new AnonymousCaller()] }));
        Assert.Empty(Because(call, Desk.Rule(2, new Direct(new ToHangUp())), byCustomer));
        Assert.Empty(Because(call, byCustomer with { Then = new Direct(new ToBusy()) }));
    }

    [Fact]
    public void Whose_turn_it_is_matters_where_several_can_take_the_call()
    {
        var call = Desk.Call() with { Turns = new Dictionary<Guid, IReadOnlyDictionary<string, int>>() };

        Assert.Equal([UnknownFact.Turns], Because(call, Turns));
        Assert.Empty(Because(call.With("ann", Availability.Away), Turns));
        Assert.Equal(
            [UnknownFact.Load, UnknownFact.Turns], Because(call.With("ann", Availability.Available, null), Turns));
    }

    [Fact]
    public void A_member_of_whom_nothing_is_known_matters_only_when_next_in_line()
    {
        var call = Desk.Call().With("bob", null, null);

        Assert.Empty(Because(call, Turns));
        Assert.Equal(
            [UnknownFact.Availability, UnknownFact.Load], Because(call.WithTurns(1, "ann", 1), Turns));
    }

    [Fact]
    public void One_reason_why_not_is_enough() =>
        Assert.Empty(Because(Desk.Call().With("ann", null, 1), Desk.Rule(1, new Direct(new ToMember("ann")))));

    [Fact]
    public void Queues_and_masked_keys_matter()
    {
        var call = Desk.Call() with { Waiting = new Dictionary<string, int>(), Pressed = [MenuInput.Masked] };

        Assert.Equal([UnknownFact.Waiting], Because(call, Desk.Rule(1, new JoinQueue("line"))));
        Assert.Equal([UnknownFact.Key], Because(call, Desk.Rule(1, new PlayMenu("main"))));
    }

    [Fact]
    public void A_call_moves_stays_or_cannot_be_told()
    {
        var call = Desk.Call() with { Turns = new Dictionary<Guid, IReadOnlyDictionary<string, int>>() };
        var first = Turns with { Then = new RoundRobin(["ann", "bob", "cat"]) };

        Assert.Equal(Moved.No, Compare(call, Turns, Turns with { Name = "renamed" }).Moved);
        Assert.Equal(Moved.Yes, Compare(call, Turns, Desk.Rule(1, new Direct(Desk.Box))).Moved);
        Assert.Equal(Moved.CannotTell, Compare(call, Turns, first).Moved);
        Assert.Equal([UnknownFact.Turns], Compare(call, Turns, first).Because.Select(unknown => unknown.Fact));
    }

    /// <summary>The key may lead to somebody who cannot take the call: then the fall-back decides.</summary>
    [Fact]
    public void Behind_a_masked_key_the_fall_back_matters_too()
    {
        var call = Desk.Call() with { Pressed = [MenuInput.Masked] };
        var menu = Desk.Rule(1, new PlayMenu("main"));

        Assert.Equal(Moved.No, Compare(call, menu, menu with { Name = "renamed" }).Moved);
        Assert.Equal(Moved.CannotTell, Compare(call, menu, menu with { Fallback = Desk.Box }).Moved);
    }

    private static RouteComparison Compare(CallSituation call, Rule before, Rule after) => RouteComparison.Of(
        Router.Decide(Desk.Configuration(before), call), Router.Decide(Desk.Configuration(after), call));

    private static IEnumerable<UnknownFact> Because(CallSituation call, params Rule[] rules) =>
        Router.Decide(Desk.Configuration(rules), call).MayBe
            .SelectMany(possibility => possibility.If).Select(unknown => unknown.Fact).Distinct();
}
