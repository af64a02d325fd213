using NodaTime;

namespace Thorbis.Ledger.Domain.Notifications;

/// <summary>Decides on the addresses that a company's webhooks go to.</summary>
public static class NotificationEndpointDecider
{
    /// <summary>Of one company, the removed ones apart.</summary>
    public const int EndpointsMax = 20;
    public const int UrlLengthMax = 2_000;

    /// <param name="present">How many endpoints the company has.</param>
    /// <param name="development">Also takes plain http: listeners on one's own machine have no certificate.</param>
    public static Decision<NotificationEndpointFact> Add(
        Guid endpointId, string url, int present, bool development, string by, Instant now) =>
        Address(url, development) is not { } address
            ? Refusal.Of("url", "An address is https, absolute, without user name and fragment, and has at most "
                + $"{UrlLengthMax} characters.")
        : present >= EndpointsMax
            ? new Refusal("too-many-endpoints", $"A company has at most {EndpointsMax} endpoints; remove one first.")
        : new NotificationEndpointAdded(endpointId, now, address.Authority, by);

    /// <summary>Disabled after long failure: every attempt of so long failed; or at once, when it says that it is gone
    /// for good.</summary>
    /// <param name="failingSince">The first attempt of which no later one went well, this one included.</param>
    public static NotificationEndpointDisabled? Failed(
        Guid endpointId, Instant failingSince, Duration patience, bool gone, string reason, Instant now) =>
        gone || now - failingSince >= patience ? new(endpointId, now, failingSince, reason) : null;

    private static Uri? Address(string url, bool development) =>
        url.Length <= UrlLengthMax && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (development && address.Scheme == Uri.UriSchemeHttp))
        && address is { UserInfo.Length: 0, Fragment.Length: 0, Host.Length: > 0 } ? address : null;
}
