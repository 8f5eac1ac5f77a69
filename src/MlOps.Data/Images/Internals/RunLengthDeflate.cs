using System.Buffers.Binary;
using System.Numerics;

namespace MlOps.Data.Images.Internals;

/// <summary>Packs bytes into a zlib stream that shortens runs of one byte only: one block with the fixed code, matches at distance 1.</summary>
/// <remarks>Source: RFC 1951, sections 3.2.5 and 3.2.6; RFC 1950. zlib calls this strategy Z_RLE and recommends it for PNG.</remarks>
internal static class RunLengthDeflate
{
    private const int ShortestMatch = 3;
    private const int LongestMatch = 258;
    private const int EndOfBlock = 256;
    private const int LengthCodes = 257;

    internal static byte[] Pack(ReadOnlySpan<byte> data)
    {
        var bits = new BitWriter();
        bits.Write(0b011, 3); // the last block, with the fixed code
        for (int i = 0; i < data.Length;)
        {
            int run = i == 0 ? 0 : RunOf(data, i);
            if (run < ShortestMatch)
            {
                Symbol(bits, data[i++]);
                continue;
            }

            Length(bits, run);
            bits.Write(0, 5); // distance 1: the byte before, over and over
            i += run;
        }

        Symbol(bits, EndOfBlock);
        byte[] packed = [0x78, 0x01, .. bits.ToArray(), 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(packed.AsSpan(packed.Length - 4), Checksums.Adler32(data));
        return packed;
    }

    private static int RunOf(ReadOnlySpan<byte> data, int start)
    {
        ReadOnlySpan<byte> rest = data.Slice(start, Math.Min(LongestMatch, data.Length - start));
        int end = rest.IndexOfAnyExcept(data[start - 1]);
        return end < 0 ? rest.Length : end;
    }

    /// <summary>Lengths 3 to 10 have a symbol each; after that four symbols share each doubling, told apart by extra bits; 258 has its own.</summary>
    private static void Length(BitWriter bits, int length)
    {
        int offset = length - ShortestMatch;
        if (length == LongestMatch)
        {
            Symbol(bits, 285);
        }
        else if (offset < 8)
        {
            Symbol(bits, LengthCodes + offset);
        }
        else
        {
            int extra = BitOperations.Log2((uint)offset) - 2;
            Symbol(bits, LengthCodes + (4 * extra) + (offset >> extra));
            bits.Write(offset & ((1 << extra) - 1), extra);
        }
    }

    private static void Symbol(BitWriter bits, int symbol)
    {
        (int code, int length) = symbol switch
        {
            < 144 => (0x30 + symbol, 8),
            < 256 => (0x190 + symbol - 144, 9),
            < 280 => (symbol - 256, 7),
            _ => (0xC0 + symbol - 280, 8),
        };
        for (int bit = length - 1; bit >= 0; bit--)
        {
            bits.Write((code >> bit) & 1, 1); // codes are stored from their first bit, numbers from their last
        }
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private int _held;
        private int _count;

        internal void Write(int value, int bits)
        {
            _held |= value << _count;
            for (_count += bits; _count >= 8; _count -= 8)
            {
                _bytes.Add((byte)_held);
                _held >>= 8;
            }
        }

        internal byte[] ToArray() => _count == 0 ? [.. _bytes] : [.. _bytes, (byte)_held];
    }
}
