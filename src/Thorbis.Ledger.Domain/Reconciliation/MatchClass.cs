namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>What came of a record, or of an item of the ledger; the conditions are in docs/reconciliation.md.</summary>
public enum MatchClass
{
    Matched,

    /// <summary>The carrier has a record; the company's ledger has no such call or message.</summary>
    MissingHere,

    /// <summary>The ledger has it in the asked range; no record names it.</summary>
    MissingAtCarrier,

    /// <summary>The amounts agree or are not told, the billed seconds do not agree.</summary>
    DurationDiffers,

    /// <summary>Both tell an amount, and the two are not the same.</summary>
    CostDiffers,

    /// <summary>The same record once more.</summary>
    Duplicate,
}
