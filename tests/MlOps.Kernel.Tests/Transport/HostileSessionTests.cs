using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Tests.Transport;

public class HostileSessionTests
{
    private static readonly TransportLimits s_limits = new() { MaxFrameBytes = 1000, MaxMessageBytes = 1500, MaxFrames = 8 };

    [Theory]
    [ClassData(typeof(HostileBytes))]
    public void Read_IllegalBytes_IsRefusedWithAReason(string bytes, string reason)
    {
        string refusal = Assert.Single(Conversation.ReadOrRefusal(SocketRole.Router, s_limits, WireBytes.Of(bytes)));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(HostileBytes))]
    public void Read_IllegalBytesOneByOne_IsRefusedForTheSameReason(string bytes, string reason)
    {
        byte[][] parts = [.. WireBytes.Of(bytes).Select(b => new[] { b })];

        Assert.Contains(reason, Assert.Single(Conversation.ReadOrRefusal(SocketRole.Router, s_limits, parts)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUB", "04 1C 05 'READY' 0B 'Socket-Type' 00000006 'DEALER'")]
    [InlineData("PUB", "04 19 05 'READY' 0B 'Socket-Type' 00000003 'PUB'")]
    [InlineData("REP", "04 19 05 'READY' 0B 'Socket-Type' 00000003 'SUB'")]
    [InlineData("REP", "04 1C 05 'READY' 0B 'Socket-Type' 00000006 'ROUTER'")]
    public void Read_TypeThatDoesNotGoWithOurs_IsRefused(string ours, string ready)
    {
        SocketRole role = ours == "PUB" ? SocketRole.Publisher : SocketRole.Reply;

        Assert.Contains(
            "cannot talk to " + ours,
            Assert.Single(Conversation.ReadOrRefusal(role, s_limits, WireBytes.PeerGreeting, WireBytes.Of(ready))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TopicLargerThanACommand_IsRefused() => Assert.Contains(
        "65537",
        Assert.Single(Conversation.ReadOrRefusal(
            SocketRole.Publisher, TransportLimits.Default, WireBytes.PeerGreeting, WireBytes.ReadySub, WireBytes.Of("02 0000000000010001"))),
        StringComparison.Ordinal);
}
