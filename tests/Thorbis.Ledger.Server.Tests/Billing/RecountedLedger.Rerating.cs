using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Thorbis.Ledger.Simulator.Traffic;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

/// <summary>Ranges priced anew, and usage that only one rule of it decides.</summary>
public sealed partial class RecountedLedger
{
    private const string Partner = "partner";

    /// <summary>By what is known of the deck by then.</summary>
    private static readonly Range First = new(
        Instant.FromUtc(2026, 3, 1, 5, 0), Instant.FromUtc(2026, 3, 12, 4, 0), null, null);

    /// <summary>Some days of the first again, and more: by a version of another deck that is not its last.</summary>
    private static readonly Range Second = new(
        Instant.FromUtc(2026, 3, 10, 4, 0), Instant.FromUtc(2026, 3, 20, 4, 0), Partner, 1);

    /// <summary>By the other deck, as it stands.</summary>
    private static readonly Range Third = new(
        Instant.FromUtc(2026, 3, 21, 4, 0), Instant.FromUtc(2026, 3, 24, 4, 0), Partner, null);

    /// <summary>Of a company that sold no multimedia messages before.</summary>
    private static readonly Range Fourth = new(
        Instant.FromUtc(2026, 3, 25, 7, 0), Instant.FromUtc(2026, 3, 27, 7, 0), Partner, null);

    private sealed record Range(Instant From, Instant To, string? Deck, int? Version);

    private static SimulatedCompany Other => SimulatedCompany.Demonstration[2];

    private static async Task RerateAsync(Caller admin)
    {
        await PublishAsync(admin, "2026-01-01T00:00:00Z", "halfEven", 6, 0.0191m, Partner);
        await PublishAsync(admin, "2026-01-01T00:00:00Z", "halfEven", 6, 0.0223m, Partner);
        foreach (var range in new[] { First, Second, Third })
        {
            await PriceAnewAsync(admin, range);
        }
    }

    private static async Task RerateAsync(Caller other, Range range)
    {
        await PublishAsync(other, "2026-01-01T00:00:00Z", "halfEven", 6, 0.0191m, Partner);
        await PriceAnewAsync(other, range);
    }

    private static async Task PriceAnewAsync(Caller admin, Range range)
    {
        var request = JsonSerializer.SerializeToNode(new
        {
            from = $"{range.From}",
            to = $"{range.To}",
            deck = range.Deck,
            version = range.Version,
            reason = "contract",
        })!.AsObject();
        var preview = (await admin.PostAsync("re-ratings/preview", request)).Is(200).Body;
        request["expected"] = JsonNode.Parse(preview.GetProperty("difference").GetRawText());
        (await admin.PostAsync("re-ratings", request)).Is(202);
    }

    /// <summary>The first instant of a range is in it, its end is not, and a call belongs where it began.</summary>
    private static async Task UseAtEdgesAsync(Telnyx telnyx)
    {
        await CallAsync(telnyx, "first", First.From);
        await CallAsync(telnyx, "third", Third.From);
        await CallAsync(telnyx, "after", Second.To);
        await CallAsync(telnyx, "across", Second.To - Duration.FromSeconds(2));
        await MessageAsync(telnyx, Fourth.From);
        await MessageAsync(telnyx, Fourth.To);
        await telnyx.SettleAsync();
    }

    /// <summary>What the other deck has become since prices nothing; what the first has, all that comes late.</summary>
    private static async Task UseLateAsync(Telnyx telnyx, Caller admin)
    {
        await PublishAsync(admin, "2026-01-01T00:00:00Z", "halfEven", 6, 0.0251m, Partner);
        await PublishAsync(admin, "2026-03-05T00:00:00Z", "down", 5, 0.0143m);
        await CallAsync(telnyx, "late", First.From + Duration.FromDays(5));
        await CallAsync(telnyx, "later", Third.From + Duration.FromDays(1));
    }

    /// <summary>Answered after 3 s, over after a minute; the carrier tells no cost.</summary>
    private static async Task CallAsync(
        Telnyx telnyx, string name, Instant at, string from = "+14155550198")
    {
        var (leg, number) = ($"rerated-{name}", SimulatedCompany.Demonstration[0].Numbers[0]);
        Assert.Equal(200, await telnyx.PostAsync(Telnyx.Started(leg, from, number, at: at)));
        foreach (var (type, seconds) in new[] { ("call.answered", 3), ("call.hangup", 60) })
        {
            Assert.Equal(200, await telnyx.PostAsync(Telnyx.Event(
                type, Telnyx.Leg(leg, from, number), at: at + Duration.FromSeconds(seconds))));
        }
    }

    /// <summary>Of the other company; the carrier tells no cost.</summary>
    private static async Task MessageAsync(Telnyx telnyx, Instant at) => Assert.Equal(200, await telnyx.PostAsync(
        Telnyx.Event("message.received", $$"""
            {"id":"{{Guid.CreateVersion7()}}","record_type":"message","direction":"inbound","type":"MMS",
            "from":{"phone_number":"+14155550198"},"to":[{"phone_number":"{{Other.Numbers[0]}}"}],"text":"x","parts":1,
            "media":[{"url":"https://media.example/1","content_type":"image/png"}],"received_at":"{{at}}"}
            """, at: at)));
}
