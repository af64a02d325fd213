using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Team;

[Collection<LedgerTests>]
public sealed class ReadTeamTests(LedgerHost ledger)
{
    [Fact]
    public async Task What_is_planned_holds_from_its_instant_on_and_what_was_known_can_be_asked_again()
    {
        var (_, ann, manager) = await ledger.TeamMemberAsync(Role.Manager);
        var away = new { availability = "away", effectiveAt = "2030-01-01T00:00:00Z", reason = "on leave" };
        (await manager.PutAsync($"team/{ann}/availability", away)).Is(200);
        var version = Assert.Single((await manager.GetAsync($"team/{ann}/versions")).Is(200).Items);
        var seq = version.GetProperty("sequence").GetInt64();
        (await manager.AvailAsync(ann, "offline")).Is(200);

        foreach (var (asked, availability) in new[]
        {
            ("", "offline"), ("?at=2029-12-31T23:59:59Z", "offline"), ("?at=2030-01-01T00:00:00Z", "away"),
            ($"?asKnownSeq={seq}", "available"), ($"?at=2030-01-01T00:00:00Z&asKnownSeq={seq - 1}", "available"),
        })
        {
            Assert.Equal(availability, (await manager.GetAsync($"team/{ann}{asked}")).Is(200).Text("availability"));
            var listed = (await manager.GetAsync($"team{asked}")).Is(200).Items.Single(one => one.Member() == ann);
            Assert.Equal(availability, listed.GetProperty("availability").GetString());
        }
        var leave = (await manager.GetAsync($"team/{ann}?at=2030-06-01T00:00:00Z")).Is(200);
        Assert.Equal("2030-01-01T00:00:00Z", leave.Text("since"));
        (await manager.GetAsync($"team/{ann}?at=noon")).IsProblem(422, "invalid");
        (await manager.GetAsync("team?asKnownSeq=-1")).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task Versions_tell_what_was_decided_and_why()
    {
        var (_, ann, manager) = await ledger.TeamMemberAsync(Role.Manager);
        Assert.Empty((await manager.GetAsync($"team/{ann}/versions")).Is(200).Items);
        (await manager.PutAsync($"team/{ann}/availability", new { availability = "away", reason = "lunch" })).Is(200);
        (await manager.TermsAsync(ann, 1, new { callsMax = 4 })).Is(200);

        var versions = (await manager.GetAsync($"team/{ann}/versions")).Is(200).Items;
        var first = (await manager.GetAsync($"team/{ann}/versions/1")).Is(200).Body;
        var second = (await manager.GetAsync($"team/{ann}/versions/2")).Is(200).Body;

        Assert.Equal(
            ["team_terms_set", "availability_set"],
            versions.Select(version => version.GetProperty("kind").GetString()));
        Assert.Equal(("away", "lunch", $"user:{ann}"), (
            first.GetProperty("availability").GetString(),
            first.GetProperty("decided").GetProperty("reason").GetString(),
            first.GetProperty("decided").GetProperty("by").GetString()));
        Assert.Equal(4, second.GetProperty("terms").GetProperty("callsMax").GetInt32());
        (await manager.GetAsync($"team/{ann}/versions/3")).IsProblem(404, "not-found");
    }
}
