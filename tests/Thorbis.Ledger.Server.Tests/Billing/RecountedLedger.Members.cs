using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Team;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

/// <summary>Members whose phones have cost centres.</summary>
public sealed partial class RecountedLedger
{
    /// <summary>Two members share a phone and then do not; one has a cost centre from the beginning, the other late.
    /// </summary>
    private async Task UsePhonesAsync(Telnyx telnyx)
    {
        var (ann, email) = await AddMemberAsync(Company, Role.Owner);
        var (bob, _) = await AddMemberAsync(Company, Role.Member);
        var caller = Anonymous();
        (await caller.SignInAsync(email, Password)).Is(200);
        const string phone = "+14155550197";

        // Known before the next is said; a second later than now, since webhooks tell no finer than milliseconds.
        async Task UseAsync(string name, Instant? at = null)
        {
            await CallAsync(telnyx, name, at ?? Clock.GetCurrentInstant() + Duration.FromSeconds(1), phone);
            await telnyx.SettleAsync();
        }

        await UseAsync("unknown");
        (await caller.TermsAsync(ann, 0, new { callsMax = 1, phones = new[] { phone } })).Is(200);
        (await caller.PostAsync($"team/{ann}/cost-centres", new { costCentre = "east", from = "2026-01-01" })).Is(200);
        await UseAsync("anns");
        (await caller.TermsAsync(bob, 0, new { callsMax = 1, phones = new[] { phone, "sip:bob@pbx.example.com" } }))
            .Is(200);
        await UseAsync("bobs");
        (await caller.PostAsync($"team/{bob}/cost-centres", new { costCentre = "west", from = "2026-01-01" })).Is(200);
        await UseAsync("bobs-later");
        await UseAsync("long-ago", Telnyx.Noon);
        (await caller.TermsAsync(bob, 1, new { callsMax = 1 })).Is(200);
        await UseAsync("anns-again");
        Assert.Equal(
            ["sales", "east", "sales", "west", "sales", "east"],
            await RowsAsync("""
                select coalesce(cost_centre, '') from ledger.call where call_id like 's-rerated-%' and party = $1
                order by first_seq
                """, phone));
    }
}
