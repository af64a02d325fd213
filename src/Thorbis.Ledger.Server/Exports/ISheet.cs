namespace Thorbis.Ledger.Server.Exports;

/// <summary>Where rows go, cell by cell in the order of the columns.</summary>
public interface ISheet
{
    /// <summary>Rows ended so far.</summary>
    long Rows { get; }

    /// <summary>Text from outside.</summary>
    void Text(string? value);

    /// <summary>Text of our own making, without commas, quotes and line ends: words, ids.</summary>
    void Plain(string? value);

    void Integer(long? value);

    /// <summary>Microseconds since 1970, in UTC.</summary>
    void Time(long? microseconds);

    void Flag(bool value);

    /// <summary>With every digit; null when unknown.</summary>
    void Amount(decimal? value);

    /// <summary>Seconds, of microseconds.</summary>
    void Seconds(long? microseconds);

    /// <summary>Ends a row, and hands on what is written when there is enough of it; waits for slow readers.</summary>
    ValueTask EndRowAsync(CancellationToken stop);

    /// <summary>Hands on the rest. Without it the file is not whole.</summary>
    ValueTask EndAsync(CancellationToken stop);
}
