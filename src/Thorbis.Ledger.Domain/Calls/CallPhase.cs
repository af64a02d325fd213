namespace Thorbis.Ledger.Domain.Calls;

/// <summary>Where a call stands at an instant.</summary>
public enum CallPhase
{
    InProgress,

    /// <summary>A leg has not hung up, and nothing was told of it for 4 hours or more.</summary>
    EndUnknown,
    Ended,
}
