using CsCheck;

namespace Thorbis.Ledger.Server.Tests.Exports;

/// <summary>Text of whoever calls or writes, at its worst.</summary>
internal static class Hostile
{
    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.Char["=+-@'\"\t\r\n,; 0123456789.aé•"].Array[0, 8].Select(chars => new string(chars)),
        Gen.String[Gen.Char.AlphaNumeric, 0, 5].Select(text => "=" + text),
        Gen.OneOf("", "'", "''=", "\"", "\r\n", "+12025550133", "=cmd|' /C calc'!A0", "😀,\"😀\"", "\u0001"));
}
