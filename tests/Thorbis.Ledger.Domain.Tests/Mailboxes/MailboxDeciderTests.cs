using NodaTime;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;
using static Thorbis.Ledger.Domain.Tests.Mailboxes.Boxes;

namespace Thorbis.Ledger.Domain.Tests.Mailboxes;

public sealed class MailboxDeciderTests
{
    private static readonly Instant Now = Desk.Now;
    private static readonly Instant Later = Now + Duration.FromDays(1);

    [Fact]
    public void A_box_is_defined_revised_retired_and_restored()
    {
        var revised = Defined.With(Facts(Set(Defined, Bare)));
        var retired = revised.With(Facts(Retire(revised)));
        var restored = retired.With(Facts(Restore(retired, 1)));

        Assert.Equal(
            ["MailboxDefined", "MailboxRevised", "MailboxRetired", "MailboxRestored"],
            restored.Facts.Select(fact => fact.GetType().Name));
        Assert.Equal(Bare, revised.InForce(Now));
        Assert.Null(retired.InForce(Now));
        Assert.IsType<MailboxDefined>(Assert.Single(Facts(Set(retired, Bare))));
        Assert.Equal(Front, restored.InForce(Now));
    }

    [Fact]
    public void What_is_planned_holds_from_its_instant_on()
    {
        var planned = Defined.With(Facts(Set(Defined, Bare, Mia with { EffectiveAt = Later })));

        Assert.Equal(Front, planned.InForce(Later - Duration.Epsilon));
        Assert.Equal(Bare, planned.InForce(Later));
        Assert.Null(planned.InForce(Later, known: Now - Duration.Epsilon));
        Assert.Equal([Front, Bare], planned.From(Now));
        Assert.Equal([Bare], planned.From(Later));
        Assert.Equal((null, 1, 2), (
            planned.VersionInForce(Now - Duration.Epsilon), planned.VersionInForce(Now),
            planned.VersionInForce(Later)));
    }

    [Fact]
    public void A_PIN_is_set_and_cleared_beside_the_settings()
    {
        var secured = Defined.With(Facts(SetPin(Defined)));
        var opened = secured.With(Facts(ClearPin(secured)));

        Assert.Equal((false, true, false), (Defined.HasPin(Now), secured.HasPin(Now), opened.HasPin(Now)));
        Assert.False(secured.HasPin(Now - Duration.Epsilon));
        Assert.Equal((Front, 3, 1), (opened.InForce(Now), opened.Version, opened.VersionInForce(Now)));
    }

    [Fact]
    public void Another_PIN_is_a_fact_and_the_same_is_none()
    {
        var secured = Defined.With(Facts(SetPin(Defined)));

        Assert.IsType<MailboxPinSet>(Assert.Single(Facts(SetPin(secured, "8520"))));
        Assert.Empty(Facts(SetPin(secured, same: true)));
    }

    [Fact]
    public void Asked_again_nothing_is_recorded()
    {
        var retired = Defined.With(Facts(Retire(Defined)));

        Assert.Empty(Facts(Set(Defined, LedgerJson.Reload(Front))));
        Assert.Empty(Facts(Set(Defined, LedgerJson.Reload(Front), Mia with { Version = 0 })));
        Assert.Empty(Facts(Retire(retired)));
        Assert.Empty(Facts(Restore(Defined, 1)));
        Assert.Empty(Facts(ClearPin(Defined)));
    }

    [Fact]
    public void A_definition_asked_again_records_nothing_whatever_came_since_and_another_is_refused()
    {
        var revised = Defined.With(Facts(Set(Defined, Bare)));

        Assert.Empty(Facts(Define(revised, LedgerJson.Reload(Front))));
        Assert.Equal("mailbox-exists", Why(Define(revised, Bare)).Code);
        Assert.Equal("mailbox-retired", Why(Define(Defined.With(Facts(Retire(Defined))), Front)).Code);
        Assert.Single(Facts(Define(MailboxHistory.Empty, Bare)));
    }

    [Fact]
    public void A_box_that_something_still_names_is_not_retired()
    {
        var book = Desk.Book(Desk.Rule(1, new Direct(new ToMailbox("front"))));

        var why = Why(Retire(Defined, null, [.. References.Of(book)]));

        Assert.Equal("in-use", why.Code);
        Assert.Contains("rule 'R1'", why.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_state_of_things_forbids_is_refused()
    {
        var retired = Defined.With(Facts(Retire(Defined)));
        var secured = Defined.With(Facts(SetPin(Defined)));

        Assert.Equal("stale-edit", Why(Set(Defined, Bare, Mia with { Version = 0 })).Code);
        Assert.Equal("mailbox-retired", Why(SetPin(retired)).Code);
        Assert.Equal("pin", Why(SetPin(Defined, "1234")).Field);
        Assert.Equal("version", Why(Restore(Defined, 0)).Field);
        Assert.Equal("version", Why(Restore(retired, 2)).Field);
        Assert.Equal("version", Why(Restore(secured, 2)).Field);
    }

    [Fact]
    public void A_name_is_taken_by_a_box_that_is_or_is_planned()
    {
        var other = MailboxHistory.Empty.With(Facts(
            Set(MailboxHistory.Empty, Bare with { Id = "bare" }, Mia with { EffectiveAt = Later })));
        var gone = other.With(Facts(Retire(other, Mia with { EffectiveAt = Later })));

        Assert.Equal("name", Why(Set(Defined, Front with { Name = "Bare" }, null, other)).Field);
        Assert.Single(Facts(Set(Defined, Front with { Name = "Bare" }, null, gone)));
    }

    [Fact]
    public void A_company_has_at_most_five_hundred_boxes()
    {
        MailboxHistory[] others =
        [
            .. Enumerable.Range(0, 500).Select(i => MailboxHistory.Empty.With(Facts(
                Set(MailboxHistory.Empty, Bare with { Id = $"{i}", Name = $"{i}" })))),
        ];
        var retired = Defined.With(Facts(Retire(Defined)));

        Assert.Equal("too-many-mailboxes", Why(Set(MailboxHistory.Empty, Front, null, others)).Code);
        Assert.Equal("too-many-mailboxes", Why(Restore(retired, 1, null, others)).Code);
        Assert.Single(Facts(Set(MailboxHistory.Empty, Front, null, others[1..])));
        Assert.Single(Facts(Set(Defined, Bare, null, others)));
    }
}
