using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Testing;
using Thorbis.Ledger.Domain.Tests;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Settings;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Notifications;

/// <summary>What senders may reach, and what they say when they cannot.</summary>
public sealed class SenderTests
{
    private static readonly FakeClock Clock = new(Instant.FromUtc(2026, 3, 10, 12, 0));
    private static readonly IOptions<NotificationOptions> Options =
        Microsoft.Extensions.Options.Options.Create(new NotificationOptions());

    [Theory, Table("""
        address                  allowed
        93.184.216.34            true
        8.8.8.8                  true
        127.0.0.1                false
        127.255.255.255          false
        0.0.0.0                  false
        10.1.2.3                 false
        100.64.0.1               false
        100.128.0.1              true
        169.254.169.254          false    # Where clouds tell a machine its own secrets.
        172.15.255.255           true
        172.16.0.1               false
        172.31.255.255           false
        172.32.0.1               true
        192.168.1.1              false
        192.0.2.1                false
        198.18.0.1               false
        224.0.0.1                false
        255.255.255.255          false
        2606:4700::1111          true
        ::1                      false
        ::                       false
        ::ffff:127.0.0.1         false    # The same in the other family,
        ::ffff:8.8.8.8           true
        64:ff9b::a00:1           false    # through a translator,
        2002:7f00:1::            false    # and in a tunnel.
        2001::1                  false
        fe80::1                  false
        fc00::1                  false
        fd12:3456::1             false
        ff02::1                  false
        2001:db8::1              false
        """)]
    public void Webhooks_reach_the_public_internet_alone(string address, bool allowed) =>
        Assert.Equal(allowed, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_when_connecting()
    {
        await using var listener = await WebhookListener.StartAsync();
        var secrets = new WebhookSecrets(new EphemeralDataProtectionProvider());
        var delivery = new Delivery(
            Guid.CreateVersion7(), "acme", Guid.CreateVersion7(), "type", Guid.CreateVersion7(), null, "{}", 0, 0,
            listener.Url, secrets.Create().Sealed, null);
        using var guarded = new WebhookSender(secrets, Clock, Options, anywhere: false);
        using var open = new WebhookSender(secrets, Clock, Options, anywhere: true);

        var refused = await guarded.SendAsync(delivery);

        Assert.Equal("The address is not on the public internet.", refused.Error);
        Assert.Empty(listener.Heard);
        Assert.Null((await open.SendAsync(delivery)).Error);
        Assert.Single(listener.Heard);
    }

    [Fact]
    public async Task Nobody_there_is_said_without_details_of_the_network()
    {
        var secrets = new WebhookSecrets(new EphemeralDataProtectionProvider());
        using var sender = new WebhookSender(secrets, Clock, Options, anywhere: true);

        var outcome = await sender.SendAsync(new(
            Guid.CreateVersion7(), "acme", Guid.CreateVersion7(), "type", Guid.CreateVersion7(), null, "{}", 0, 0,
            "http://127.0.0.1:1/", secrets.Create().Sealed, null));

        Assert.Equal("No answer: connection error.", outcome.Error);
    }

    [Theory]
    [InlineData(false, "SMTP_HOST is not set: no e-mail can be sent.")]
    [InlineData(true, "The mail server could not be reached.")]
    public async Task A_mail_that_cannot_be_handed_over_says_why(bool configured, string error)
    {
        var settings = new LedgerSettings([], null, null, null, 1, [], configured
            ? new("127.0.0.1", 1, null, null, "a@b.example", SmtpTls.None)
            : null);

        var outcome = await new MailSender(settings, Clock, Options, attachment: null!).SendAsync(new(
            Guid.CreateVersion7(), "acme", Guid.CreateVersion7(), "type", null, "subject", "text", 0, 0, null, null,
            "ap@example.com"));

        Assert.Equal(error, outcome.Error);
    }
}
