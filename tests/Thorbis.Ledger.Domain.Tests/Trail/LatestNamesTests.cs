using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Tests.Routing;
using Thorbis.Ledger.Domain.Tests.Schedules;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

public sealed class LatestNamesTests
{
    private static readonly LatestNames Names = new(ConfigurationHistory.Empty.With(
    [
        new(1, "rulebook", new QueueAdded(Desk.Line)),
        new(2, "rulebook", new QueueRevised(Desk.Line, Desk.Line with { Name = "Front" })),
        new(3, "rulebook", new QueueRemoved("line")),
        new(4, "menu/main", new MenuDefined("main", Desk.Main)),
        new(5, "menu/main", new MenuRetired("main")),
        new(6, "schedule/1", new ScheduleDefined(Desk.Id(1), 1, Plans.Of("UTC", []))),
        new(7, "mailbox/box", new MailboxDefined("box", new("box", "Office", null, null, false, 120, 100, null))),
        new(8, "mailbox/box", new MailboxRetired("box")),
    ]));

    [Fact]
    public void Things_have_the_names_they_last_had_also_those_that_are_gone()
    {
        Assert.Equal("Front", Names.Find(ReferenceKind.Queue, "line"));
        Assert.Equal("Main", Names.Find(ReferenceKind.Menu, "main"));
        Assert.Equal("Office", Names.Find(ReferenceKind.Mailbox, "box"));
        Assert.Equal("office", Names.Find(ReferenceKind.Schedule, $"{Desk.Id(1)}"));
    }

    [Fact]
    public void What_never_was_has_no_name()
    {
        Assert.Null(Names.Find(ReferenceKind.Queue, "other"));
        Assert.Null(Names.Find(ReferenceKind.Menu, "other"));
        Assert.Null(Names.Find(ReferenceKind.Member, "ann"));
    }
}
