namespace MlOps.Data.Images.Internals;

/// <summary>The two checksums that PNG needs and the base library keeps to itself.</summary>
internal static class Checksums
{
    private const uint CrcPolynomial = 0xEDB88320;
    private const uint AdlerPrime = 65521;

    private static readonly uint[] s_table = MakeTable();

    /// <summary>CRC-32 of two spans, one after the other (ISO 3309).</summary>
    internal static uint Crc32(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Add(Add(uint.MaxValue, first), second);

    /// <summary>Adler-32 (RFC 1950).</summary>
    internal static uint Adler32(ReadOnlySpan<byte> data)
    {
        (uint a, uint b) = (1, 0);
        foreach (byte value in data)
        {
            a = (a + value) % AdlerPrime;
            b = (b + a) % AdlerPrime;
        }

        return (b << 16) | a;
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc = s_table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint c = i;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? CrcPolynomial ^ (c >> 1) : c >> 1;
            }

            table[i] = c;
        }

        return table;
    }
}
