using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Team;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Audit;

[Collection<LedgerTests>]
public sealed class TrailOfTeamTests(LedgerHost ledger)
{
    [Fact]
    public async Task Changes_of_members_and_their_phones_are_told_in_words()
    {
        var (company, ann, manager) = await ledger.TeamMemberAsync(Role.Manager);
        (await manager.TermsAsync(ann, 0, new { callsMax = 2, phones = new[] { "+12025550100" } })).Is(200);
        (await manager.AvailAsync(ann, "doNotDisturb")).Is(200);

        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var entries = (await auditor.GetAsync("trail?kind=team")).Is(200).Items;

        Assert.Equal(
            [
                "availability available → not to be disturbed",
                "calls at the same time 1 → 2; phone +12025550100 added",
            ],
            entries.Select(TrailTests.Words));
        Assert.EndsWith("@example.com", entries[0].GetProperty("thing").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_voicemail_box_settings_are_told_and_of_its_PIN_nothing_but_that_there_is_one()
    {
        var company = await ledger.CompanyAsync();
        var manager = await ledger.MemberAsync(company, Role.Manager);
        (await manager.PostAsync("mailboxes?mailboxId=desk", new { name = "Desk", retentionDays = 90 })).Is(201);
        (await manager.SendAsync(HttpMethod.Put, "mailboxes/desk/pin", new { pin = "402917" }, Version(1))).Is(200);
        (await manager.SendAsync(
            HttpMethod.Put, "mailboxes/desk", new { name = "Front desk", transcribe = true }, Version(2))).Is(200);

        var answer = (await (await ledger.MemberAsync(company, Role.Auditor)).GetAsync("trail?kind=mailboxes")).Is(200);

        Assert.Equal(
            [
                "renamed to 'Front desk'; transcription switched on; messages kept 90 days → for ever", "PIN set",
                "voicemail box 'Desk' created (greeting the carrier's own, messages of at most 180 s, kept 90 days)",
            ],
            answer.Items.Select(TrailTests.Words));
        Assert.DoesNotContain("402917", answer.Content, StringComparison.Ordinal);
    }

    private static Action<HttpRequestMessage> Version(int version) => request =>
        Assert.True(request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\""));
}
