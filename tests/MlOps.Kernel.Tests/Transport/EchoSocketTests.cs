using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

public class EchoSocketTests
{
    [Theory]
    [InlineData("01 00 00 04 'ping'")]
    [InlineData("00 04 'ping'")]
    [InlineData("01 02 'id' 01 00 01 01 'a' 00 01 'b'")]
    public void Heartbeat_AnyMessage_ComesBackUnchanged(string message)
    {
        using EchoSocket echo = EchoSocket.Bind("tcp://127.0.0.1:0");
        using RawPeer peer = RawPeer.Joined(echo.Address, ReadyReq, OurReadyRep);

        peer.Send(message);

        Assert.Equal(Of(message), peer.Receive(Of(message).Length));
    }
}
