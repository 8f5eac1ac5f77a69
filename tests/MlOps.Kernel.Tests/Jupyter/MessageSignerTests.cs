using System.Text;
using MlOps.Kernel.Jupyter;

namespace MlOps.Kernel.Tests.Jupyter;

public class MessageSignerTests
{
    // RFC 4231, test case 2, its text cut into the four parts of a message.
    private const string Rfc4231 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    private static readonly ReadOnlyMemory<byte>[] s_parts = [Bytes("what do "), Bytes("ya want "), Bytes("for "), Bytes("nothing?")];

    [Fact]
    public void Sign_Rfc4231_IsItsDigestInLowerCase() => Assert.Equal(Rfc4231, Encoding.ASCII.GetString(Signer().Sign(s_parts)));

    [Fact]
    public void Sign_EmptyKey_IsEmptyAndAnythingIsAccepted()
    {
        MessageSigner signer = new(string.Empty, MessageSigner.DefaultScheme);

        Assert.Empty(signer.Sign(s_parts));
        Assert.True(signer.Accepts(Bytes("whatever"), s_parts));
        Assert.True(signer.Accepts(Bytes("whatever"), s_parts));
    }

    [Fact]
    public void Accepts_RightSignature_OnceOnly()
    {
        MessageSigner signer = Signer();

        Assert.True(signer.Accepts(Bytes(Rfc4231), s_parts));
        Assert.False(signer.Accepts(Bytes(Rfc4231), s_parts));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844")]
    [InlineData("5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843")]
    [InlineData("5bdcc146")]
    public void Accepts_OtherSignature_Never(string signature) => Assert.False(Signer().Accepts(Bytes(signature), s_parts));

    [Fact]
    public void Constructor_UnknownScheme_NamesIt() =>
        Assert.Contains("hmac-md5", Assert.Throws<InvalidDataException>(() => new MessageSigner("k", "hmac-md5")).Message, StringComparison.Ordinal);

    private static MessageSigner Signer() => new("Jefe", MessageSigner.DefaultScheme);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
