using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Thorbis.Ledger.Server.Audit;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Audit;

public sealed class SignedLinksTests
{
    [Fact]
    public void A_link_signed_in_its_query_loses_the_query_at_any_depth()
    {
        var data = JsonNode.Parse("""
            {"urls":{"mp3":"https://s3.example/a.mp3?X-Amz-Expires=600&X-Amz-Signature=abc"},
             "media":[{"url":"https://s3.example/b.png?Signature=x","bytes":3}, null],
             "plain":["https://example.com/?page=2"]}
            """)!;

        SignedLinks.Mask(data);

        Assert.Equal(
            """
            {"urls":{"mp3":"https://s3.example/a.mp3?•"},"media":[{"url":"https://s3.example/b.png?•","bytes":3},null],
            "plain":["https://example.com/?page=2"]}
            """.ReplaceLineEndings(""),
            data.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
