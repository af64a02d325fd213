using NodaTime;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Journal ids are UUIDs of version 7: they begin with their millisecond.</summary>
public static class JournalIds
{
    /// <summary>How far an id's time may be from the time of receipt it stands beside.</summary>
    public static readonly Duration Slack = Duration.FromMinutes(1);

    /// <summary>The least id of an instant's millisecond.</summary>
    public static Guid FirstAt(Instant at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var milliseconds = Math.Max(0, at.ToUnixTimeMilliseconds());
        for (var i = 5; i >= 0; i--)
        {
            bytes[i] = (byte)(milliseconds & 0xff);
            milliseconds >>= 8;
        }
        return new Guid(bytes, bigEndian: true);
    }
}
