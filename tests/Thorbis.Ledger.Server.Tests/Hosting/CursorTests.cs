using System.Buffers.Text;
using CsCheck;
using Thorbis.Ledger.Server.Hosting;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Hosting;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_reads_back_to_its_parts() =>
        Gen.String.Array[1, 4].Sample(parts =>
            Cursor.TryDecode(Cursor.Encode(parts), parts.Length, out var read) && read.SequenceEqual(parts));

    [Fact]
    public void No_cursor_is_the_first_page()
    {
        Assert.True(Cursor.TryDecode(null, 2, out var read));
        Assert.Empty(read);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("bnVsbA")]
    public void What_is_no_cursor_is_refused(string text) => Assert.False(Cursor.TryDecode(text, 1, out _));

    [Fact]
    public void A_cursor_of_another_list_is_refused()
    {
        Assert.False(Cursor.TryDecode(Cursor.Encode("a"), 2, out _));
        Assert.False(Cursor.TryDecode(Base64Url.EncodeToString("[null]"u8), 1, out _));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void A_page_holds_1_to_500_rows(int? asked, bool accepted) =>
        Assert.Equal(accepted, Cursor.TryLimit(asked, out _));
}
