using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Numbers;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Companies;

public sealed class CompanyHistoryTests
{
    private const string Number = "+12025550100";

    private static readonly CompanyHistory History = CompanyHistory.Empty.With(
    [
        new(1, new MemberJoined("ann", At(1), Role.Member, "user:root")),
        new(2, new NumberClaimed(Number, At(2), At(0), At(9), "user:ann")),
        new(3, new MemberRoleChanged("ann", At(3), Role.Manager, "user:root")),
        new(4, new NumberConfirmed(Number, At(4), At(0), At(9), "user:root")),
        new(5, new MemberJoined("bob", At(5), Role.Owner, "user:root")),
        new(6, new MemberRemoved("ann", At(6), "user:root")),
    ]);

    [Theory, Table("""
        at  members
        0   -
        1   ann Member
        3   ann Manager
        5   ann Manager, bob Owner
        6   bob Owner
        """)]
    public void Members_are_those_recorded_by_then(int at, string? members) => Assert.Equal(
        members ?? "", string.Join(", ", History.MembersAt(At(at)).Select(m => $"{m.Key} {m.Value}")));

    [Fact]
    public void A_number_is_held_from_its_first_instant_to_its_end_as_known()
    {
        var held = Assert.Single(History.NumbersAt(At(0)));

        Assert.Equal(new HeldNumber(Number, At(0), At(9), At(2), At(4)), held);
        Assert.Single(History.NumbersAt(At(9) - Duration.Epsilon));
        Assert.Empty(History.NumbersAt(At(9)));
        Assert.Empty(History.NumbersAt(At(0) - Duration.Epsilon));
        Assert.Null(Assert.Single(History.Known(At(3), long.MaxValue).NumbersAt(At(5))).ConfirmedAt);
        Assert.Null(Assert.Single(History.Known(null, 3).NumbersAt(At(5))).ConfirmedAt);
        Assert.Empty(History.Known(null, 1).NumbersAt(At(5)));
    }

    private static Instant At(int day) => Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromDays(day);
}
