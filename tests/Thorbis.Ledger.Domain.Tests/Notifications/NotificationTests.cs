using NodaTime;
using Thorbis.Ledger.Domain.Notifications;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Notifications;

public sealed class NotificationTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 10, 12, 0);

    [Theory, Table("""
        url                               development  host
        https://hooks.example.com/a?b=c   false        hooks.example.com
        https://hooks.example.com:8443/a  false        hooks.example.com:8443
        http://hooks.example.com/a        false        -
        http://localhost:9000/a           true         localhost:9000
        ftp://hooks.example.com/a         true         -
        /a                                true         -
        hooks.example.com                 true         -
        https://me@hooks.example.com/a    false        -
        https://hooks.example.com/a#b     false        -
        """)]
    public void Webhooks_go_to_plain_https_addresses(string url, bool development, string? host)
    {
        var decision = NotificationEndpointDecider.Add(Guid.Empty, url, 0, development, "user:a", Now);

        Assert.Equal(host, decision is Accepted<NotificationEndpointFact> { Facts: [NotificationEndpointAdded added] }
            ? added.Host : null);
        Assert.Equal(host is null ? "url" : null, (decision as Refused<NotificationEndpointFact>)?.Why.Field);
    }

    [Theory, Table("""
        days  gone   disabled
        0     false  false
        4.99  false  false
        5     false  true
        0     true   true
        """)]
    public void An_endpoint_is_disabled_after_long_failure_or_when_it_says_that_it_is_gone(
        double days, bool gone, bool disabled) => Assert.Equal(disabled, NotificationEndpointDecider.Failed(
        Guid.Empty, Now - Duration.FromDays(days), Duration.FromDays(5), gone, "Answered 500.", Now) is not null);

    [Theory, Table("""
        address                   valid
        ap@example.com            true
        ap+budgets@mail.example   true
        @example.com              false
        ap@                       false
        a@b@c                     false
        ap                        false
        ap<x>@example.com         false
        ap,b@example.com          false
        -                         false
        """)]
    public void A_recipient_is_one_bare_address(string? address, bool valid) =>
        Assert.Equal(valid, EmailAddress.IsValid(address));

    [Fact]
    public void No_header_can_be_smuggled_into_an_address() =>
        Assert.False(EmailAddress.IsValid("ap@example.com\r\nBcc:all@example.com"));

    [Fact]
    public void Eight_attempts_take_about_a_day()
    {
        var waits = Enumerable.Range(1, 8).Select(Backoff.After).ToList();

        Assert.Equal(waits.Order(), waits[..7].Prepend(null));
        Assert.Null(waits[7]);
        var all = waits.Aggregate(Duration.Zero, (sum, wait) => sum + (wait ?? Duration.Zero));
        Assert.InRange(all.TotalHours, 24, 27);
    }
}
