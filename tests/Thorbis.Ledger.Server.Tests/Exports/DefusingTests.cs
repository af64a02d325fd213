using CsCheck;
using Thorbis.Ledger.Server.Exports;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

public sealed class DefusingTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("=5", "'=5")]
    [InlineData("+12025550133;+12025550134", "'+12025550133;+12025550134")]
    [InlineData("-1.5.2", "'-1.5.2")]
    [InlineData("-", "'-")]
    [InlineData("'=1", "''=1")]
    public void What_a_spreadsheet_may_run_gets_an_apostrophe(string cell, string defused) =>
        Assert.Equal(defused, Defusing.Defuse(cell));

    [Theory]
    [InlineData("")]
    [InlineData("+12025550133")]
    [InlineData("-1.50")]
    [InlineData("+3")]
    [InlineData("anonymous")]
    [InlineData("sip:a=b@c")]
    [InlineData(" =1")]
    [InlineData("O'Brien")]
    [InlineData("'quoted'")]
    public void Numbers_and_harmless_text_stay_as_they_are(string cell) => Assert.Equal(cell, Defusing.Defuse(cell));

    [Fact]
    public void Every_text_is_given_back_as_it_was() => Hostile.Text.Sample(text =>
        Defusing.Restore(Defusing.Defuse(text)) == text);

    [Fact]
    public void No_defused_text_but_a_number_begins_as_a_formula_does() => Hostile.Text.Sample(text =>
        Defusing.Defuse(text) is not ['=' or '@' or '\t' or '\r', ..]);
}
