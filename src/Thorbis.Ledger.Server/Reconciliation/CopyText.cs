using System.Buffers;
using System.Globalization;
using System.Text;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Writes rows in the text format of COPY. Holds some ten kilobytes, whatever the number of rows.</summary>
/// <remarks>
/// Typed, binary rows took three times as long: each value is a parameter to Npgsql. Bytes at once, because a text
/// writer in between would copy every character twice more.
/// </remarks>
internal sealed class CopyText(Stream copy)
{
    private const int FlushLength = 32 * 1024;

    /// <summary>In bytes, of any number or id.</summary>
    private const int PlainLengthMax = 64;

    private static readonly SearchValues<char> Special = SearchValues.Create("\\\t\n\r");

    private readonly ArrayBufferWriter<byte> rows = new(2 * FlushLength);
    private bool begun;

    public void Text(string? value)
    {
        Begin();
        if (value is null)
        {
            rows.Write("\\N"u8);
            return;
        }
        Encoding.UTF8.GetBytes(value.AsSpan().ContainsAny(Special) ? Escaped(value) : value, rows);
    }

    public void Number(long? value) => Plain(value);

    /// <summary>Every digit, as it came.</summary>
    public void Amount(decimal? value) => Plain(value);

    /// <summary>As 32 hexadecimal digits.</summary>
    public void Key(Guid value) => Plain<Guid>(value, "N");

    public void Flag(bool? value) => Text(value is null ? null : value.Value ? "t" : "f");

    /// <summary>Ends a row, and hands on what is written when there is enough of it.</summary>
    public ValueTask EndRowAsync(CancellationToken stop)
    {
        rows.Write("\n"u8);
        begun = false;
        return rows.WrittenCount < FlushLength ? default : new(FlushAsync(stop));
    }

    public async Task FlushAsync(CancellationToken stop)
    {
        await copy.WriteAsync(rows.WrittenMemory, stop);
        rows.ResetWrittenCount();
    }

    private void Plain<TValue>(TValue? value, string? format = null) where TValue : struct, IUtf8SpanFormattable
    {
        Begin();
        if (value is not { } known)
        {
            rows.Write("\\N"u8);
            return;
        }
        var fits = known.TryFormat(rows.GetSpan(PlainLengthMax), out var length, format, CultureInfo.InvariantCulture);
        rows.Advance(fits ? length : throw new InvalidOperationException($"{known} has no such length."));
    }

    private void Begin()
    {
        if (begun)
        {
            rows.Write("\t"u8);
        }
        begun = true;
    }

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");
}
