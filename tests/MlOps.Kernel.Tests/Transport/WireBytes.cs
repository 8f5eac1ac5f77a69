using System.Text;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>ZMTP as recorded from libzmq and as its specification (23/ZMTP, 37/ZMTP) writes it: by hand, not with our encoder.</summary>
internal static class WireBytes
{
    /// <summary>What libzmq 4.3 sends first: it puts the length of its identity plus one into the padding.</summary>
    internal static readonly byte[] PeerGreeting = Of(
        "FF 00 00 00 00 00 00 00 09 7F 03 01 'NULL' 00000000 00000000 00000000 00000000 00 "
        + "00000000 00000000 00000000 00000000 00000000 00000000 00000000 000000");

    /// <summary>What we must send first.</summary>
    internal static readonly byte[] OurGreeting = Of(
        "FF 00 00 00 00 00 00 00 00 7F 03 01 'NULL' 00000000 00000000 00000000 00000000 00 "
        + "00000000 00000000 00000000 00000000 00000000 00000000 00000000 000000");

    internal static readonly byte[] ReadyDealer = Of("04 29 05 'READY' 0B 'Socket-Type' 00000006 'DEALER' 08 'Identity' 00000000");

    internal static readonly byte[] ReadyDealerNamed = Of("04 31 05 'READY' 0B 'Socket-Type' 00000006 'DEALER' 08 'Identity' 00000008 'client-1'");

    internal static readonly byte[] ReadyReq = Of("04 29 05 'READY' 0B 'Socket-Type' 00000003 'REQ' 08 'Identity' 00000003 'abc'");

    internal static readonly byte[] ReadySub = Of("04 19 05 'READY' 0B 'Socket-Type' 00000003 'SUB'");

    internal static readonly byte[] OurReadyRouter = Of("04 1C 05 'READY' 0B 'Socket-Type' 00000006 'ROUTER'");

    internal static readonly byte[] OurReadyPub = Of("04 19 05 'READY' 0B 'Socket-Type' 00000003 'PUB'");

    internal static readonly byte[] OurReadyRep = Of("04 19 05 'READY' 0B 'Socket-Type' 00000003 'REP'");

    /// <summary>Reads pairs of hexadecimal digits and 'text'; spaces do not count.</summary>
    internal static byte[] Of(string notation)
    {
        var bytes = new List<byte>();
        string[] parts = notation.Split('\''); // every second part is text
        for (int i = 0; i < parts.Length; i++)
        {
            bytes.AddRange(i % 2 == 1 ? Encoding.ASCII.GetBytes(parts[i]) : Convert.FromHexString(parts[i].Replace(" ", "", StringComparison.Ordinal)));
        }

        return [.. bytes];
    }

    internal static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    internal static ReadOnlyMemory<byte>[] Texts(params string[] texts) => [.. texts.Select(Text)];

    internal static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    internal static string[] Texts(IEnumerable<ReadOnlyMemory<byte>> frames) => [.. frames.Select(Text)];
}
