using FsCheck;
using FsCheck.Fluent;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Tests.Transport;

public class SessionFuzzTests
{
    private static readonly TransportLimits s_limits = new() { MaxFrameBytes = 5000, MaxMessageBytes = 6000, MaxFrames = 5 };

    [Fact]
    public void Read_AnyBytes_IsUnderstoodOrRefusedWhereverTheyAreCut()
    {
        int ready = 0;
        int refused = 0;
        Gen<int> cut = Gen.Choose(1, 40);
        Prop.ForAll(Streams().ToArbitrary(), cut.ToArbitrary(), (stream, size) =>
        {
            foreach (SocketRole role in (SocketRole[])[SocketRole.Router, SocketRole.Publisher, SocketRole.Reply])
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                List<string> whole = Conversation.ReadOrRefusal(role, s_limits, stream); // any other exception fails the test
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000 + (20L * stream.Length));

                Assert.Equal(whole, Conversation.ReadOrRefusal(role, s_limits, [.. stream.Chunk(size)]));
                ready += whole.Any(said => said.StartsWith("ready", StringComparison.Ordinal)) ? 1 : 0;
                refused += whole is [{ Length: > 0 } only] && char.IsUpper(only[0]) ? 1 : 0;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

        Assert.True(ready > 1000, $"only {ready} of 30,000 conversations got beyond the handshake");
        Assert.True(refused > 1000, $"only {refused} of 30,000 conversations were refused");
    }

    /// <summary>Conversations of a peer that is sometimes honest: true handshakes, frames and commands, noise, and random damage.</summary>
    internal static Gen<byte[]> Streams()
    {
        Gen<byte> any = Gen.Choose(0, 255).Select(value => (byte)value);
        Gen<byte[]> noise = any.ListOf().Select(list => list.ToArray());
        Gen<byte[]> frame =
            from flags in Gen.Frequency((8, Gen.Elements<byte>(0, 1)), (1, any))
            from body in noise
            select (byte[])[flags, (byte)body.Length, .. body];
        Gen<byte[]> claim =
            from flags in Gen.Elements<byte>(2, 3, 6)
            from top in Gen.Elements<byte>(0, 0, 0, 0x7F, 0x80, 0xFF)
            from low in Gen.Choose(0, 70_000)
            from body in noise
            select (byte[])[flags, top, 0, 0, 0, 0, (byte)(low >> 16), (byte)(low >> 8), (byte)low, .. body];
        Gen<byte[]> known = Gen.Elements(
            WireBytes.PeerGreeting, WireBytes.ReadyDealer, WireBytes.ReadySub,
            WireBytes.Of("00 01 01"), WireBytes.Of("00 03 00 'ab'"), WireBytes.Of("04 0C 09 'SUBSCRIBE' 'ab'"), WireBytes.Of("04 07 06 'CANCEL'"),
            WireBytes.Of("04 0A 04 'PING' 0064 'ctx'"), WireBytes.Of("04 05 04 'JUNK'"), WireBytes.Of("02 0000000000000001 41"));
        Gen<byte[]> ready = Gen.Frequency(
            (6, Gen.Elements(WireBytes.ReadyDealer, WireBytes.ReadyDealerNamed, WireBytes.ReadyReq, WireBytes.ReadySub)),
            (1, noise.Select(data => (byte[])[4, (byte)(6 + data.Length), 5, .. "READY"u8, .. data])));

        Gen<byte[]> start =
            from greeting in Gen.Frequency((9, Gen.Constant(WireBytes.PeerGreeting)), (1, noise))
            from first in ready
            from rest in Gen.Frequency((5, frame), (2, claim), (4, known), (1, noise)).ListOf()
            select (byte[])[.. greeting, .. first, .. rest.SelectMany(bytes => bytes)];
        Gen<(int Place, byte Value, int Kind)> damage =
            from place in Gen.Choose(0, int.MaxValue)
            from value in any
            from kind in Gen.Choose(0, 3)
            select (place, value, kind);
        return
            from stream in start
            from count in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 4)))
            from damages in damage.ListOf(count)
            select damages.Aggregate(stream, Damage);
    }

    private static byte[] Damage(byte[] stream, (int Place, byte Value, int Kind) damage)
    {
        int at = stream.Length == 0 ? 0 : damage.Place % stream.Length;
        return damage.Kind switch
        {
            0 => [.. stream[..at], damage.Value, .. stream.Skip(at + 1)], // changed
            1 => [.. stream[..at], damage.Value, .. stream[at..]], // inserted
            2 => [.. stream[..at], .. stream.Skip(at + 1)], // lost
            _ => damage.Value < 32 ? stream[..at] : stream, // cut off, more rarely
        };
    }
}
