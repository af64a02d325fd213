namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Callers who wait for one of several members.</summary>
/// <param name="Members">Ids of members.</param>
/// <param name="WaitSecondsMax">Who has waited longer goes on to the overflow.</param>
/// <param name="SizeMax">Callers at the same time; the next one goes on to the overflow at once.</param>
/// <param name="HoldAudio">Id of a recording in the company's audio library; null for the carrier's ringing.</param>
/// <param name="AnnouncePosition">Tells callers how many are before them.</param>
/// <param name="CallBack">Null when none is offered.</param>
public sealed record Queue(
    string Id, string Name, IReadOnlyList<string> Members, QueueStrategy Strategy, int WaitSecondsMax, int SizeMax,
    string? HoldAudio, bool AnnouncePosition, Destination Overflow, CallBackOffer? CallBack)
{
    public bool Equals(Queue? other) => other is not null
        && (Id, Name, Strategy, WaitSecondsMax, SizeMax)
            == (other.Id, other.Name, other.Strategy, other.WaitSecondsMax, other.SizeMax)
        && (HoldAudio, AnnouncePosition) == (other.HoldAudio, other.AnnouncePosition)
        && Overflow == other.Overflow && CallBack == other.CallBack && Lists.Same(Members, other.Members);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Whom a waiting caller is offered to.</summary>
public enum QueueStrategy
{
    /// <summary>In turns.</summary>
    RoundRobin,

    /// <summary>All who can take a call, at once.</summary>
    Simultaneous,

    /// <summary>Whose last call ended first.</summary>
    LongestIdle,

    /// <summary>The first of the list who can take a call.</summary>
    InOrder,
}

/// <summary>A caller may press a key instead of waiting, and is called back.</summary>
/// <param name="AfterSeconds">Of waiting, before it is offered.</param>
/// <param name="Key">One of <c>0-9 * #</c>.</param>
public sealed record CallBackOffer(int AfterSeconds, string Key);
