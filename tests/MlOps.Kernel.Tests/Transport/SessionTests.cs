using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

public class SessionTests
{
    [Fact]
    public void Read_HandshakeOfNamedDealer_GivesItsIdentity()
    {
        List<string> understood = Conversation.Read(SocketRole.Router, PeerGreeting, ReadyDealerNamed);

        Assert.Equal(["greeted", "ready 636C69656E742D31"], understood); // "client-1" in ASCII
    }

    [Theory]
    [InlineData("04 29 05 'READY' 0B 'Socket-Type' 00000006 'DEALER' 08 'Identity' 00000000")]
    [InlineData("04 1C 05 'READY' 0B 'Socket-Type' 00000006 'DEALER'")]
    [InlineData("04 1C 05 'ready' 0B 'SOCKET-TYPE' 00000006 'DEALER'")]
    [InlineData("06 000000000000001C 05 'READY' 0B 'Socket-Type' 00000006 'DEALER'")]
    [InlineData("04 25 05 'READY' 01 'X' 00000003 'any' 0B 'socket-type' 00000006 'ROUTER'")]
    [InlineData("04 19 05 'READY' 0B 'Socket-Type' 00000003 'REQ'")]
    public void Read_ReadyWithoutIdentity_IsAccepted(string ready) =>
        Assert.Equal(["greeted", "ready"], Conversation.Read(SocketRole.Router, PeerGreeting, Of(ready)));

    [Theory]
    [InlineData("00 00", "message ")]
    [InlineData("00 01 41", "message 41")]
    [InlineData("01 01 41 01 00 00 02 4243", "message 41||4243")]
    [InlineData("02 0000000000000001 41", "message 41")]
    [InlineData("03 0000000000000002 4142 02 0000000000000000", "message 4142|")]
    public void Read_ShortAndLongFrames_GiveTheMessage(string frames, string expected) =>
        Assert.Equal([expected], Conversation.Read(Ready(), Of(frames)));

    [Theory]
    [InlineData(255, "00 FF")]
    [InlineData(256, "02 0000000000000100")]
    [InlineData(70_000, "02 0000000000011170")]
    public void Read_FrameOfAnySize_GivesTheMessage(int size, string header)
    {
        byte[] body = [.. Enumerable.Range(0, size).Select(i => (byte)(i % 251))];

        Assert.Equal(["message " + Convert.ToHexString(body)], Conversation.Read(Ready(), [.. Of(header), .. body]));
    }

    [Theory]
    [InlineData("00 01 01", "subscribe")]
    [InlineData("00 04 01 'abc'", "subscribe 616263")]
    [InlineData("00 01 00", "cancel")]
    [InlineData("00 02 00 'a'", "cancel 61")]
    [InlineData("04 0A 09 'SUBSCRIBE'", "subscribe")]
    [InlineData("04 0D 09 'SUBSCRIBE' 'abc'", "subscribe 616263")]
    [InlineData("04 07 06 'CANCEL'", "cancel")]
    [InlineData("04 08 06 'cancel' 'a'", "cancel 61")]
    public void Read_SubscriptionAsMessageOrCommand_IsUnderstood(string bytes, string expected) =>
        Assert.Equal([expected], Conversation.Read(Ready(SocketRole.Publisher), Of(bytes)));

    [Theory]
    [InlineData("00 00")]
    [InlineData("00 02 02 41")]
    [InlineData("01 01 01 00 01 01")]
    public void Read_OtherMessageToPublisher_IsIgnored(string bytes) =>
        Assert.Equal(["subscribe 7A"], Conversation.Read(Ready(SocketRole.Publisher), Of(bytes), Of("00 02 01 'z'")));

    [Fact]
    public void Read_SubscribeToRouter_IsAnUnknownCommand() =>
        Assert.Equal(["message 41"], Conversation.Read(Ready(), Of("04 0A 09 'SUBSCRIBE'"), Of("00 01 41")));

    [Theory]
    [InlineData("04 07 04 'PING' 0000", "ping")]
    [InlineData("04 0A 04 'PING' 0064 'ctx'", "ping 637478")]
    [InlineData("04 17 04 'PING' FFFF 00112233445566778899AABBCCDDEEFF", "ping 00112233445566778899AABBCCDDEEFF")]
    public void Read_Ping_GivesItsContext(string bytes, string expected) =>
        Assert.Equal([expected], Conversation.Read(Ready(), Of(bytes)));

    [Fact]
    public void Read_PingBetweenFrames_DoesNotDisturbTheMessage() =>
        Assert.Equal(["ping", "message 41|42"], Conversation.Read(Ready(), Of("01 01 41 04 07 04 'PING' 0000 00 01 42")));

    [Theory]
    [InlineData("04 05 04 'PONG'")]
    [InlineData("04 06 05 'ERROR'")]
    [InlineData("04 06 05 'READY'")]
    [InlineData("04 0A 04 'JUNK' 0102030405")]
    public void Read_UnknownCommandAfterReady_IsIgnored(string command) =>
        Assert.Equal(["message 41"], Conversation.Read(Ready(), Of(command), Of("00 01 41")));

    [Fact]
    public void Read_ByteByByte_GivesTheSame()
    {
        byte[] stream =
        [
            .. PeerGreeting, .. ReadyDealerNamed, .. Of("01 02 'ab' 04 0A 04 'PING' 0064 'ctx' 02 0000000000000003 'cde' 00 00"),
        ];

        Assert.Equal(
            ["greeted", "ready 636C69656E742D31", "ping 637478", "message 6162|636465", "message "],
            Conversation.Read(SocketRole.Router, [.. stream.Select(b => new[] { b })]));
    }

    [Fact]
    public void Read_LengthThatIsOnlyAClaim_TakesNoMemory()
    {
        Session session = Ready();
        byte[] claim = Of("02 0000000003FFFFFF 4141"); // 64 MiB less one byte, of which two arrive

        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadOnlySpan<byte> input = claim;
        SessionEvent? said = session.Read(ref input);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Null(said);
        Assert.InRange(taken, 0, 100_000);
    }

    [Fact]
    public void Read_MessageWithinAllLimits_IsAccepted()
    {
        var session = new Session(SocketRole.Router, new TransportLimits { MaxFrameBytes = 3, MaxMessageBytes = 5, MaxFrames = 3 });
        Conversation.Read(session, PeerGreeting, ReadyDealer);

        Assert.Equal(["message 616263||6465", "message 61"], Conversation.Read(session, Of("01 03 'abc' 01 00 00 02 'de'"), Of("00 01 'a'")));
    }

    private static Session Ready(SocketRole? role = null)
    {
        var session = new Session(role ?? SocketRole.Router, TransportLimits.Default);
        Conversation.Read(session, PeerGreeting, role == SocketRole.Publisher ? ReadySub : ReadyDealer);
        return session;
    }
}
