using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using NodaTime;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>
/// Writes rows of RFC 4180 CSV into a pipe, in UTF-8, with CRLF. Holds a few ten kilobytes, whatever the length.
/// </summary>
public sealed class CsvSheet : ISheet, IDisposable
{
    private const int FlushBytes = 64 * 1024;
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    /// <summary>Integers below this come out of a table: most durations and counts.</summary>
    private const int CommonIntegers = 4096;
    private static readonly string[] Integers =
        [.. Enumerable.Range(0, CommonIntegers).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private readonly PipeWriter _output;
    private readonly ZonedText _times;
    private readonly bool _raw;
    private readonly PipeText _text;
    private readonly CsvWriter _csv;

    /// <param name="zone">Of the times.</param>
    /// <param name="raw">Leaves formulas as they are.</param>
    public CsvSheet(PipeWriter output, DateTimeZone zone, bool raw)
    {
        (_output, _times, _raw) = (output, new(zone), raw);
        _text = new PipeText(output);
        _csv = new CsvWriter(_text, Format, leaveOpen: true);
    }

    /// <inheritdoc/>
    public long Rows { get; private set; }

    public void Header(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _csv.WriteField(name);
        }
        _csv.NextRecord();
    }

    /// <summary>Text from outside: defused, and quoted where it must be.</summary>
    public void Text(string? value)
    {
        var cell = value is null || _raw ? value : Defusing.Defuse(value);
        _csv.WriteField(cell, NeedsQuotes(cell));
    }

    /// <summary>Text of our own making, without commas, quotes and line ends: words, times, amounts.</summary>
    public void Plain(string? value) => _csv.WriteField(value, shouldQuote: false);

    public void Integer(long? value) => Plain(value is { } known ? IntegerText(known) : null);

    /// <summary>Microseconds since 1970, in UTC.</summary>
    public void Time(long? microseconds) => Plain(microseconds is { } known ? _times.OfUnix(known) : null);

    public void Flag(bool value) => Plain(value ? "true" : "false");

    /// <summary>Every digit the database holds, trailing zeros included; empty when unknown.</summary>
    public void Amount(decimal? value) => Plain(value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Seconds to the microsecond, without needless zeros.</summary>
    public void Seconds(long? microseconds)
    {
        if (microseconds is not { } known)
        {
            Plain(null);
            return;
        }
        var (whole, fraction) = Math.DivRem(known, 1_000_000);
        Plain(fraction == 0
            ? IntegerText(whole)
            : string.Create(CultureInfo.InvariantCulture, $"{whole}.{fraction:000000}").TrimEnd('0'));
    }

    /// <summary>Ends a row, and hands on what is written when there is enough of it; waits for slow readers.</summary>
    public ValueTask EndRowAsync(CancellationToken stop)
    {
        _csv.NextRecord();
        Rows++;
        return _text.Pending < FlushBytes ? default : FlushAsync(stop);
    }

    public ValueTask EndAsync(CancellationToken stop)
    {
        _csv.Flush();
        return FlushAsync(stop);
    }

    public void Dispose() => _csv.Dispose();

    private async ValueTask FlushAsync(CancellationToken stop)
    {
        _text.Pending = 0;
        await _output.FlushAsync(stop);
    }

    /// <summary>RFC 4180 asks it of commas, quotes and line ends; careless readers, of blanks at the edges.</summary>
    private static bool NeedsQuotes(string? cell) =>
        cell is { Length: > 0 } && (cell.AsSpan().ContainsAny(Special) || cell[0] == ' ' || cell[^1] == ' ');

    private static string IntegerText(long value) =>
        value is >= 0 and < CommonIntegers ? Integers[value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Characters into a pipe as UTF-8. Whole rows arrive, so no pair of surrogates is ever cut.</summary>
    private sealed class PipeText(PipeWriter output) : TextWriter(CultureInfo.InvariantCulture)
    {
        /// <summary>Bytes written since this was last set to 0.</summary>
        public long Pending { get; set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer) =>
            Pending += Encoding.UTF8.GetBytes(buffer, output);
    }
}
