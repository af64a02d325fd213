using System.Net;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Where a request came from.</summary>
internal static class ClientAddress
{
    /// <summary>The IP address, IPv4 as such; null when not known.</summary>
    public static string? Of(HttpContext context) => Text(context.Connection.RemoteIpAddress);

    private static string? Text(IPAddress? address) =>
        (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString();
}
