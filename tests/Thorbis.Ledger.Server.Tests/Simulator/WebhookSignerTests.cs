using System.Text;
using NSec.Cryptography;
using Thorbis.Ledger.Simulator.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Simulator;

public sealed class WebhookSignerTests
{
    private static readonly byte[] Body = [0xEF, 0xBB, 0xBF, (byte)'{', 0x00, 0xFF, (byte)'\r', (byte)'\n'];

    [Fact]
    public void The_public_key_verifies_timestamp_bar_and_the_bytes_as_they_are()
    {
        using var signer = WebhookSigner.Development();

        var signature = signer.Sign(Body, 1_601_667_324);

        Assert.Equal("1601667324", signature.Timestamp);
        Assert.True(Verifies([.. Encoding.ASCII.GetBytes("1601667324|"), .. Body], signature));
        Assert.False(Verifies([.. Encoding.ASCII.GetBytes("1601667325|"), .. Body], signature));
    }

    [Fact]
    public void The_development_key_comes_from_its_phrase_on_every_machine()
    {
        Assert.Equal("LfnsEPVjQKZPFmd0NtIxH3wak3u97MfOKLKR4lTinGg=", DevelopmentKey.PublicKey());
    }

    private static bool Verifies(byte[] signed, WebhookSignature signature) => SignatureAlgorithm.Ed25519.Verify(
        PublicKey.Import(
            SignatureAlgorithm.Ed25519, Convert.FromBase64String(DevelopmentKey.PublicKey()),
            KeyBlobFormat.RawPublicKey),
        signed, Convert.FromBase64String(signature.Signature));
}
