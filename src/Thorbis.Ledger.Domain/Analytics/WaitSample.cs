namespace Thorbis.Ledger.Domain.Analytics;

/// <summary>The waits that are told apart; never added to each other.</summary>
public enum WaitKind
{
    /// <summary>Until a bridge: the headline.</summary>
    Answered,

    /// <summary>Until the caller hung up.</summary>
    Abandoned,

    /// <summary>Until the greeting of the mailbox.</summary>
    Voicemail,

    /// <summary>In queues, as the carrier told it; whatever became of the call.</summary>
    Queue,
}

/// <summary>One wait of one call.</summary>
/// <param name="Microseconds">0 or more.</param>
public readonly record struct WaitSample(WaitKind Kind, long Microseconds);
