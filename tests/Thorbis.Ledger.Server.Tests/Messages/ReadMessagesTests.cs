using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Messages;

[Collection<LedgerTests>]
public sealed class ReadMessagesTests(LedgerHost ledger)
{
    private const string First = "+14155550101";
    private const string Second = "+14155550102";

    [Fact]
    public async Task A_message_is_found_by_every_recipient_and_shows_each_with_its_status()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var id = await traffic.MessageAsync(Telnyx.Noon, "hello", First, Second);
        await traffic.Telnyx.SettleAsync();
        var member = await traffic.AsAsync(Role.Member);

        foreach (var party in new[] { First, Second })
        {
            var page = (await member.GetAsync($"messages?party={Uri.EscapeDataString(party)}")).Is(200);
            var found = Assert.Single(page.Items);
            Assert.Equal(id, found.GetProperty("messageId").GetString());
        }
        var message = (await member.GetAsync($"messages/{id}")).Is(200).Body;
        var recipients = message.GetProperty("recipients").EnumerateArray();
        Assert.Equal([First, Second], recipients.Select(r => r.GetProperty("number").GetString()));
        Assert.Equal("hello", message.GetProperty("content").GetProperty("text").GetString());
        Assert.Equal("message_finalized", message.GetProperty("timeline")[0].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("type=sms", 1)]
    [InlineData("type=MMS", 0)]
    [InlineData("status=delivered", 1)]
    [InlineData("status=failed", 0)]
    [InlineData("direction=outgoing", 1)]
    [InlineData("direction=incoming", 0)]
    [InlineData("to=2026-03-10", 0)]
    [InlineData("party=anonymous", 0)]
    public async Task Filters_part_the_messages(string query, int found)
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.MessageAsync(Telnyx.Noon, "hello", First);
        await traffic.Telnyx.SettleAsync();

        var page = (await (await traffic.AsAsync(Role.Member)).GetAsync($"messages?{query}")).Is(200);

        Assert.Equal(found, page.Items.Length);
    }
}
