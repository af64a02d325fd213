using System.Text.Json.Nodes;
using NodaTime;
using Thorbis.Ledger.Domain.Tests;
using Thorbis.Ledger.Server.Audit;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Audit;

public sealed class TypedDigitsTests
{
    // Typed: what, @ the second; d is a key, g a gather; a leg other than a is named before it.
    [Theory, Table("""
        typed                                shown
        d1@0                                 1              # A menu key.
        d1@0|d2@5                            1|2            # Two menu keys, as 5 seconds part them.
        d1@0|d2@4.999                        1|•            # One run.
        d4@0|d2@4|d7@8|d9@14                 4|•|•|9        # Each belongs to the digit before it.
        d1@0|b:d2@1                          1|2            # Legs are apart.
        g7@3                                 7              # A gather of one digit is a menu.
        d7@2|g7@3                            7|7
        g4711@9                              ••••           # A number typed in.
        d4@0|d7@10|d1@20|d1@30|g4711@31      •|•|•|•|••••   # However slowly.
        d3@0|g3@1|d5@9|d6@19|g56@20          3|3|•|•|••     # The menu before it stays.
        d1@0|d4@9|d7@18|d#@27|g47@28         1|•|•|#|••     # Nor are keys that did not spell it.
        d2@0|d4@9|g4711@10                   2|•|••••       # Some were not told.
        g_@3                                 _              # Nothing was typed.
        d#@0|d*@9                            #|*
        """)]
    public void Digits_beyond_menu_keys_are_masked(string typed, string shown)
    {
        var entries = typed.Split('|').Select(Entry).ToList();

        TypedDigits.Mask(entries);

        Assert.Equal(shown, string.Join('|', entries.Select(Shown)));
    }

    private static TimelineEntry Entry(string typed, int place)
    {
        var (leg, rest) = typed.Split(':') is [var named, var more] ? (named, more) : ("a", typed);
        var (what, second) = (rest[..rest.IndexOf('@', StringComparison.Ordinal)], rest.Split('@')[1]);
        var digits = what[1..].Replace("_", "", StringComparison.Ordinal);
        var (type, field) = what[0] == 'd' ? ("dtmf_received", "digit") : ("gather_ended", "digits");
        var at = Instant.FromUtc(2026, 3, 10, 12, 0) + Duration.FromSeconds(double.Parse(second));
        return new(type, at, at, place, 0, new JsonObject { ["legId"] = leg, [field] = digits }, null);
    }

    private static string Shown(TimelineEntry entry) =>
        (entry.Data["digit"] ?? entry.Data["digits"])!.GetValue<string>() is { Length: > 0 } digits ? digits : "_";
}
