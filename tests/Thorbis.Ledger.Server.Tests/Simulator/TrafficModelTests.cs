using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Simulator.Traffic;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Simulator;

public sealed class TrafficModelTests
{
    private static readonly Instant Until = Instant.FromUtc(2026, 3, 31, 12, 7, 3);

    private static readonly TrafficOptions Month = new()
    {
        Seed = 42,
        Companies = SimulatedCompany.Demonstration,
        From = Until - Duration.FromDays(30),
        Until = Until,
        Webhooks = 10_000,
    };

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_the_same_order() =>
        Assert.Equal(Bodies(TrafficModel.Play(Month)), Bodies(TrafficModel.Play(Month)));

    [Fact]
    public void Another_seed_repeats_no_event() =>
        Assert.Empty(Ids(Month).Intersect(Ids(Month with { Seed = 43 })));

    [Fact]
    public void Exactly_as_many_come_as_were_asked_for() =>
        Assert.Equal(10_000, TrafficModel.Play(Month).LongCount());

    [Fact]
    public void Every_body_is_a_v2_event_that_says_what_the_record_says()
    {
        foreach (var webhook in TrafficModel.Play(Month))
        {
            using var body = JsonDocument.Parse(webhook.Body);
            var data = body.RootElement.GetProperty("data");
            Assert.Equal("event", data.GetProperty("record_type").GetString());
            Assert.Equal(webhook.EventId, data.GetProperty("id").GetString());
            Assert.Equal(webhook.EventType, data.GetProperty("event_type").GetString());
            Assert.Equal(webhook.OccurredAt.ToDateTimeOffset(), data.GetProperty("occurred_at").GetDateTimeOffset());
            Assert.Equal(JsonValueKind.Object, data.GetProperty("payload").ValueKind);
            Assert.Equal(webhook.Attempt, body.RootElement.GetProperty("meta").GetProperty("attempt").GetInt32());
        }
    }

    [Fact]
    public void Only_a_redelivery_repeats_an_id_and_it_repeats_the_data_too()
    {
        var byId = TrafficModel.Play(Month).GroupBy(webhook => webhook.EventId).ToList();

        Assert.All(byId, same => Assert.Single(same, webhook => !webhook.IsRedelivery));
        Assert.All(byId, same => Assert.Single(same.Select(webhook => Data(webhook.Body)).Distinct()));
        Assert.InRange(byId.Count(same => same.Count() == 2), 100, 300);
    }

    [Fact]
    public void Disorder_changes_the_order_and_nothing_else()
    {
        var disordered = Bodies(TrafficModel.Play(Month with { DisorderedShare = 1 }));
        var ordered = Bodies(TrafficModel.Play(Month with { DisorderedShare = 0 }));

        Assert.NotEqual(ordered, disordered);
        Assert.Equal(ordered.Order(StringComparer.Ordinal), disordered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Distinct_traffic_comes_once_and_in_the_order_of_occurrence()
    {
        var webhooks = TrafficModel.Play(Month.Distinct()).ToList();

        Assert.Equal(webhooks.Count, webhooks.Select(webhook => webhook.EventId).Distinct().Count());
        Assert.Equal(webhooks.Select(webhook => webhook.OccurredAt).Order(), webhooks.Select(w => w.OccurredAt));
    }

    [Fact]
    public void Traffic_fills_its_period_and_follows_business_hours()
    {
        var webhooks = TrafficModel.Play(Month).ToList();

        Assert.All(webhooks, w => Assert.InRange(w.OccurredAt, Month.From, Until + Duration.FromMinutes(30)));
        Assert.Equal(31, webhooks.Select(webhook => webhook.OccurredAt.InUtc().Date).Distinct().Count());
        var hours = webhooks.CountBy(webhook => webhook.OccurredAt.InUtc().Hour).ToDictionary();
        Assert.True(hours[15] > 5 * hours[3]);
    }

    [Fact]
    public void A_catalogue_of_scenes_comes_up_in_a_month()
    {
        var types = TrafficModel.Play(Month).Select(webhook => webhook.EventType).ToHashSet();

        Assert.Subset(types, new HashSet<string>
        {
            "call.bridged", "call.dequeued", "call.machine.detection.ended", "call.recording.transcription.saved",
            "call.cost", "message.received", "message.finalized", "number_order.complete",
            "porting_order.status_changed", "call.mood.estimated",
        });
    }

    [Fact]
    public void Traffic_for_measurements_keeps_to_one_kind_and_one_company()
    {
        var options = Month.Distinct() with
        {
            Companies = SimulatedCompany.Invent(1, 200),
            Mix = TrafficMix.Calls,
            Webhooks = 5_000,
        };

        var webhooks = TrafficModel.Play(options).ToList();

        Assert.Equal(5_000, webhooks.Count);
        Assert.All(webhooks, webhook => Assert.StartsWith("call.", webhook.EventType, StringComparison.Ordinal));
        Assert.All(webhooks, webhook => Assert.Equal("company-1", webhook.CompanyId));
    }

    private static List<string> Bodies(IEnumerable<SimulatedWebhook> webhooks) =>
        [.. webhooks.Select(webhook => Convert.ToHexString(webhook.Body))];

    private static HashSet<string> Ids(TrafficOptions options) =>
        [.. TrafficModel.Play(options).Select(webhook => webhook.EventId)];

    private static string Data(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("data").GetRawText();
    }
}
