using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>Our encoder against bytes written by hand.</summary>
public class WireMessageTests
{
    [Fact]
    public void Greeting_OfOurs_IsTheOneOfZmtp31() => Assert.Equal(OurGreeting, MlOps.Kernel.Transport.Greeting.Ours.ToArray());

    [Fact]
    public void Ready_OfEachRole_NamesTheSocketType()
    {
        Assert.Equal(OurReadyRouter, Bytes(WireMessage.Ready(SocketRole.Router)));
        Assert.Equal(OurReadyPub, Bytes(WireMessage.Ready(SocketRole.Publisher)));
        Assert.Equal(OurReadyRep, Bytes(WireMessage.Ready(SocketRole.Reply)));
    }

    [Fact]
    public void Pong_Context_IsSentBack() => Assert.Equal(Of("04 08 04 'PONG' 'ctx'"), Bytes(WireMessage.Pong(Text("ctx"))));

    [Fact]
    public void Of_SmallFrames_AreOneSegment()
    {
        WireMessage message = WireMessage.Of(Texts("a", "", "<IDS|MSG>"));

        Assert.Single(message.Segments);
        Assert.Equal(Of("01 01 'a' 01 00 00 09 '<IDS|MSG>'"), Bytes(message));
    }

    [Theory]
    [InlineData(255, "00 FF")]
    [InlineData(256, "02 0000000000000100")]
    [InlineData(100_000, "02 00000000000186A0")]
    public void Of_FrameOfAnySize_HasTheRightHeader(int size, string header)
    {
        byte[] body = new byte[size];
        Array.Fill(body, (byte)7);

        Assert.Equal([.. Of(header), .. body], Bytes(WireMessage.Of([body])));
    }

    [Fact]
    public void Of_LargeBody_IsNotCopied()
    {
        byte[] body = new byte[1_000_000];
        WireMessage message = WireMessage.Of([Text("a"), body, Text("b")]);

        Assert.Contains(message.Segments, segment => segment.Equals(new ReadOnlyMemory<byte>(body)));
        Assert.Equal([.. Of("01 01 'a' 03 00000000000F4240"), .. body, .. Of("00 01 'b'")], Bytes(message));
        Assert.Equal(3 + 9 + 1_000_000 + 3, message.Length);
    }

    [Fact]
    public void Of_NoFrame_IsAnArgumentException() => Assert.Equal("frames", Assert.Throws<ArgumentException>(() => WireMessage.Of([])).ParamName);

    private static byte[] Bytes(WireMessage message) => [.. message.Segments.SelectMany(segment => segment.ToArray())];
}
