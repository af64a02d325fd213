namespace Thorbis.Ledger.Simulator.Replay;

/// <summary>A file that was posted, and what became of it.</summary>
/// <param name="Name">Relative to the path that was asked for.</param>
/// <param name="Sha256">Of the bytes, lower-case hex; null when the file could not be sent.</param>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Refusal">Why it was not taken; null for 2xx.</param>
/// <param name="Entry">What the journal says; null when it does not know the bytes, or was not asked.</param>
public sealed record ReplayedFile(string Name, string? Sha256, int Status, string? Refusal, JournalEntry? Entry)
{
    public bool Accepted => Status is >= 200 and < 300;

    /// <summary>Answered 2xx and not in the journal, or never answered at all.</summary>
    public bool Lost => Accepted ? Entry is null : Status == 0;

    /// <summary>One word to count by.</summary>
    public string Outcome => (Lost, Accepted) switch
    {
        (true, _) => "lost",
        (_, false) => "refused",
        _ => Entry!.State,
    };

    /// <summary>What became of it, in a sentence's worth of words.</summary>
    public string Became => (Lost, Accepted) switch
    {
        (true, true) => "LOST: accepted, but the journal does not know it",
        (true, false) => $"LOST: {Refusal}",
        (_, false) => $"refused: {Refusal}",
        _ => Entry!.Described,
    };
}

/// <summary>What the journal says of some bytes.</summary>
/// <param name="State">interpreted, kept, pending, waiting, quarantined, failed, unintelligible, redelivery …</param>
/// <param name="Reads">The names of the facts that the bytes read as.</param>
/// <param name="Differs">The same event id had come with other data before.</param>
public sealed record JournalEntry(
    string? EventType, string State, string? Reason, IReadOnlyList<string> Reads, bool Differs)
{
    public bool Settled => State is not ("pending" or "waiting");

    public string Described => State switch
    {
        "interpreted" => Facts,
        "kept" => "kept without interpretation",
        "redelivery" when Differs => $"redelivery with other data, flagged{Reading}",
        _ => $"{State}{(Reason is null ? "" : $": {Reason}")}{Reading}",
    };

    private string Facts => Reads.Count == 0 ? "no fact" : string.Join(", ", Reads);

    private string Reading => Reads.Count == 0 ? "" : $" (reads {Facts})";
}
