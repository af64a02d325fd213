using System.Text;
using Thorbis.Ledger.Domain.Tests;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

/// <summary>The table of inputs: what is answered, and what is kept.</summary>
[Collection<LedgerTests>]
public sealed class WebhookIntakeTests(LedgerHost ledger)
{
    private readonly Telnyx telnyx = new(ledger);

    [Fact]
    public async Task A_valid_webhook_is_answered_exactly_200_with_an_empty_body_after_its_bytes_are_kept()
    {
        var body = Encoding.UTF8.GetBytes(Telnyx.Event("fax.queued", """{"fax_id":"f"}"""));

        Assert.Equal(200, await telnyx.PostAsync(body));

        Assert.Equal(1, await ledger.ScalarAsync(
            "select count(*) from intake.body where body = $1 and octet_length(signature) = 64", body));
    }

    [Fact]
    public async Task The_same_event_again_is_a_redelivery_of_the_first()
    {
        var id = Guid.CreateVersion7().ToString();

        await telnyx.PostAsync(Telnyx.Event("fax.queued", "{}", id));
        var again = Telnyx.Event("fax.queued", "{}", id, attempt: 2);
        Assert.Equal(200, await telnyx.PostAsync(again));

        var fate = await telnyx.FateAsync(again);
        Assert.Equal("redelivery", fate.Text("state"));
        Assert.False(fate.Body.GetProperty("differs").GetBoolean());
        Assert.Equal(1, await ledger.ScalarAsync("select count(*) from intake.entry where event_id = $1 and claims",
            id));
    }

    [Fact]
    public async Task The_same_event_id_with_other_data_is_flagged()
    {
        var id = Guid.CreateVersion7().ToString();

        await telnyx.PostAsync(Telnyx.Event("fax.queued", """{"fax_id":"a"}""", id));
        var other = Telnyx.Event("fax.queued", """{"fax_id":"b"}""", id);
        Assert.Equal(200, await telnyx.PostAsync(other));

        Assert.True((await telnyx.FateAsync(other)).Body.GetProperty("differs").GetBoolean());
    }

    [Fact]
    public async Task A_first_delivery_and_its_redelivery_at_once_are_one_entry_and_one_redelivery()
    {
        var id = Guid.CreateVersion7().ToString();
        var both = Enumerable.Range(1, 8)
            .Select(attempt => telnyx.PostAsync(Telnyx.Event("fax.queued", "{}", id, attempt: attempt)));

        Assert.All(await Task.WhenAll(both), status => Assert.Equal(200, status));

        Assert.Equal(1, await ledger.ScalarAsync("select count(*) from intake.entry where event_id = $1 and claims",
            id));
        Assert.Equal(7, await ledger.ScalarAsync(
            "select count(*) from intake.entry where event_id = $1 and redelivery_of is not null", id));
    }

    [Theory]
    [InlineData(null, "1700000000")]
    [InlineData("AAAA", "1700000000")]
    [InlineData("not base64 at all", "1700000000")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", null)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "soon")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "-1")]
    public async Task A_missing_or_malformed_signature_is_a_401_problem_and_keeps_nothing(string? signature,
        string? timestamp)
    {
        var before = await ledger.ScalarAsync("select count(*) from intake.entry");

        using var answer = await telnyx.SendAsync("{}"u8.ToArray(), signature, timestamp);

        Assert.Equal((401, "application/problem+json"),
            ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(before, await ledger.ScalarAsync("select count(*) from intake.entry"));
    }

    [Theory, InlineData(301), InlineData(-330)]
    public async Task A_timestamp_outside_the_tolerance_is_401_and_leaves_the_event_id_to_the_genuine_retry(long age)
    {
        var body = Telnyx.Event("fax.queued", "{}");

        Assert.Equal(401, await telnyx.PostAsync(body, age));
        Assert.Equal(("quarantined", "timestamp outside the tolerance"), await StateAsync(body));
        Assert.Equal(401, await telnyx.PostAsync(body, age));
        Assert.Equal(200, await telnyx.PostAsync(body));

        Assert.Equal("kept", (await StateAsync(body)).State);
    }

    [Theory, InlineData(285), InlineData(-299)]
    public async Task A_timestamp_within_the_tolerance_is_accepted(long age) =>
        Assert.Equal(200, await telnyx.PostAsync(Telnyx.Event("fax.queued", "{}"), age));

    [Fact]
    public async Task A_body_over_one_mebibyte_is_413()
    {
        var body = Encoding.UTF8.GetBytes(
            Telnyx.Event("fax.queued", $$"""{"pad":"{{new string('x', 1024 * 1024)}}"}"""));

        Assert.Equal(413, await telnyx.PostAsync(body));
    }

    [Theory, Table("""
    body  reason
    not json  not JSON
    []  not a JSON object
    "text"  not a JSON object
    {}  no data object
    {"data":{"event_type":"call.answered","payload":{}}}  no event id
    {"data":{"id":"x","payload":{}}}  no event type
    {"data":{"id":"u1","event_type":"a.b","payload":{"t":"\ud800"}}}  a lone surrogate
    {"data":{"id":"u2","event_type":"a.b","payload":{"t":"\u0000"}}}  U+0000
    {"data":{"id":"\u0000","event_type":"a.b","payload":{}}}  U+0000
    {"data":{"id":"u3","event_type":"a.b","payload":{"n":1e400}}}  beyond decimal
    {"record_type":"event","event_type":"call_initiated","id":"v","created_at":"2020-01-01","payload":{}}  v1
    {"data":{"event_type":"call.initiated","webhook_id":"w","created_at":"2020-01-01T00:00:00Z","payload":{}}}  v1
    {"data":{"id":"u4","event_type":"call.hold","occurred_at":"9999-99-99T00:00:00Z","payload":{"call_leg_id":1}}}  time
    {"data":{"id":"u5","event_type":"call.hold","occurred_at":"0001-01-01T00:00:00Z","payload":{"call_leg_id":1}}}  time
    {"data":{"id":"u6","event_type":"call.cost","payload":{"call_leg_id":1,"total_cost":"1e99"}}}  total_cost
    {"data":{"id":"u7","event_type":"call.hold","occurred_at":"2026-01-01T00:00Z","payload":{}}}  call_leg_id
    """)]
    public async Task What_cannot_be_read_is_answered_200_kept_and_marked(string body, string reason)
    {
        Assert.Equal(200, await telnyx.PostAsync(body));

        var (state, said) = await StateAsync(body);
        Assert.Equal("unintelligible", state);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_nesting_invalid_utf8_and_a_long_id_are_kept_and_marked_and_their_neighbours_unharmed()
    {
        byte[][] odd =
        [
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500)),
            [.. "{\"data\":\""u8, 0xff, 0xfe, .. "\"}"u8],
            Encoding.UTF8.GetBytes(Telnyx.Event("fax.queued", "{}", new string('i', 201))),
            Encoding.UTF8.GetBytes(Telnyx.Event("fax.queued", "{}", new string('i', 3000))),
            [],
        ];
        var good = Enumerable.Range(0, 20).Select(_ => Encoding.UTF8.GetBytes(Telnyx.Event("fax.queued", "{}")))
            .ToList();

        var answers = await Task.WhenAll(odd.Concat(good).Select(body => telnyx.PostAsync(body)));

        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.All(await Task.WhenAll(odd.Select(StateAsync)), fate => Assert.Equal("unintelligible", fate.State));
        Assert.All(await Task.WhenAll(good.Select(StateAsync)), fate => Assert.Equal("kept", fate.State));
    }

    [Fact]
    public async Task An_event_id_of_200_bytes_is_an_id()
    {
        var body = Telnyx.Event("fax.queued", "{}", Guid.CreateVersion7() + new string('é', 82));

        await telnyx.PostAsync(body);

        Assert.Equal("kept", (await StateAsync(body)).State);
    }

    private Task<(string State, string? Reason)> StateAsync(string body) => StateAsync(Encoding.UTF8.GetBytes(body));

    private async Task<(string State, string? Reason)> StateAsync(byte[] body)
    {
        var fate = await telnyx.FateAsync(body);
        return (fate.Text("state"), fate.Body.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }
}
