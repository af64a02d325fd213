using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Tests;
using Thorbis.Ledger.Server.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Team;

[Collection<LedgerTests>]
public sealed class MemberCentreTests(LedgerHost ledger)
{
    [Fact]
    public async Task Calls_of_a_members_phone_belong_to_his_cost_centre_in_costs_and_in_usage()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var owner = await traffic.AsAsync(Role.Owner);
        var (ann, _) = await ledger.AddMemberAsync(traffic.Company, Role.Member);
        var terms = new { callsMax = 1, phones = new[] { PhoneTraffic.Stranger } };
        (await owner.TermsAsync(ann, 0, terms)).Is(200);
        (await owner.PostAsync(
            $"numbers/{Uri.EscapeDataString(traffic.Number)}/cost-centres",
            new { costCentre = "desk", from = "2026-01-01" })).Is(200);
        (await owner.PostAsync($"team/{ann}/cost-centres", new { costCentre = "east", from = "2026-01-01" })).Is(200);
        // Webhooks tell no finer than milliseconds: not before the terms.
        var at = ledger.Clock.GetCurrentInstant() + Duration.FromSeconds(1);
        var hers = await traffic.AnsweredCallAsync(at);
        var others = await traffic.AnsweredCallAsync(at, from: "+14155550199");
        await traffic.Telnyx.SettleAsync();

        foreach (var (centre, leg) in new[] { ("east", hers), ("desk", others) })
        {
            var lines = (await owner.GetAsync($"cost-lines?costCentre={centre}&service=call_in")).Is(200).Items;
            var line = Assert.Single(lines);
            Assert.Equal($"call/s-{leg}", line.GetProperty("stream").GetString());
            var call = Assert.Single((await owner.GetAsync($"calls?costCentre={centre}")).Is(200).Items);
            Assert.Equal($"s-{leg}", call.GetProperty("callId").GetString());
        }
    }

    [Fact]
    public async Task Cost_centres_of_a_member_are_listed_by_their_days_and_said_again_are_the_same()
    {
        var (company, ann, owner) = await ledger.TeamMemberAsync(Role.Owner);
        async Task SayAsync(string costCentre, string from) => (await owner.PostAsync(
            $"team/{ann}/cost-centres", new { costCentre, from, reason = "moved" })).Is(200);

        await SayAsync("west", "2026-05-01");
        await SayAsync("east", "2026-02-01");
        await SayAsync("north", "2026-05-01");
        await SayAsync("north", "2026-05-01");

        var listed = (await owner.GetAsync($"team/{ann}/cost-centres")).Is(200).Body.EnumerateArray();
        Assert.Equal(
            ["2026-02-01 east", "2026-05-01 north"],
            listed.Select(one => $"{one.GetProperty("from")} {one.GetProperty("costCentre")}"));
        Assert.Equal(3, (await ledger.RowsAsync(
            "select 'x' from ledger.mt_events where tenant_id = $1 and type = 'member_centre_assigned'",
            company)).Count);
        var trail = (await owner.GetAsync("trail?kind=members")).Is(200).Items;
        Assert.Contains(trail, entry => entry.GetRawText().Contains("north", StringComparison.Ordinal));
    }

    [Theory, Table("""
        member  body                                      status  code       field
        nobody  {"costCentre":"east"}                     404     not-found  -
        self    {"costCentre":"east","from":"May"}        422     invalid    from
        self    {"costCentre":"east","from":"1999-01-01"}  422    invalid    from
        self    {"costCentre":"_east"}                    422     invalid    costCentre
        """)]
    public async Task What_cannot_be_said_is_refused(string member, string body, int status, string code, string? field)
    {
        var (_, ann, owner) = await ledger.TeamMemberAsync(Role.Owner);
        using var json = System.Text.Json.JsonDocument.Parse(body.Replace('_', ' '));

        var answer = await owner.PostAsync(
            $"team/{(member == "self" ? ann : member)}/cost-centres", json.RootElement);

        var problem = answer.IsProblem(status, code).Body;
        Assert.Equal(
            field, problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Single().Name : null);
        (await owner.GetAsync($"team/{member}x/cost-centres")).IsProblem(404, "not-found");
    }
}
