using System.Buffers.Binary;
using MlOps.Data.Images.Internals;

namespace MlOps.Data.Images;

/// <summary>Writes pictures as PNG, so that a notebook or a page can show them, and reads them.</summary>
/// <remarks>Equal pixels give equal bytes on every machine: the packing is our own and small, because what a system's zlib writes
/// differs between its versions. Files are about twice as large as the best packers make them.
/// <para>Source: Portable Network Graphics, W3C Recommendation (2003), sections 5, 9 and 11.2.</para></remarks>
public static partial class Png
{
    private const int ColourGrey = 0;
    private const int ColourTrue = 2;
    private const int FilterSub = 1;
    private const int FilterUp = 2;

    /// <summary>Encodes one picture with 8 bits a channel.</summary>
    /// <param name="pixels">channels × height × width bytes, as <see cref="ImageSet.Image"/> gives them.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="height">Rows, ≥ 1.</param>
    /// <param name="width">Columns, ≥ 1.</param>
    /// <exception cref="ArgumentException">There are not channels · height · width bytes, or neither 1 nor 3 channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int channels, int height, int width)
    {
        Guard.AtLeast(height, 1);
        Guard.AtLeast(width, 1);
        if (channels is not (1 or 3) || pixels.Length != checked(channels * height * width))
        {
            throw new ArgumentException($"{pixels.Length} bytes for {channels} channels × {height} × {width}; one byte each and 1 or 3 channels are needed.", nameof(pixels));
        }

        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, channels == 1 ? (byte)ColourGrey : (byte)ColourTrue);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, RunLengthDeflate.Pack(Filtered(Interleaved(pixels, channels), channels * width, channels)));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>From one channel after the other to red, green and blue of each pixel side by side.</summary>
    private static byte[] Interleaved(ReadOnlySpan<byte> pixels, int channels)
    {
        byte[] mixed = new byte[pixels.Length];
        int area = pixels.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < area; i++)
            {
                mixed[(i * channels) + c] = pixels[(c * area) + i];
            }
        }

        return mixed;
    }

    /// <summary>Replaces each byte by its difference to the pixel on its left or above, whichever makes the row smaller.</summary>
    private static byte[] Filtered(byte[] rows, int stride, int channels)
    {
        int height = rows.Length / stride;
        byte[] filtered = new byte[rows.Length + height];
        for (int y = 0; y < height; y++)
        {
            long left = 0;
            long above = 0;
            for (int i = y * stride; i < (y + 1) * stride; i++)
            {
                left += Math.Abs((int)(sbyte)(rows[i] - Left(i)));
                above += Math.Abs((int)(sbyte)(rows[i] - Above(i)));
            }

            bool sub = y == 0 || left <= above;
            int to = y * (stride + 1);
            filtered[to++] = sub ? (byte)FilterSub : (byte)FilterUp;
            for (int i = y * stride; i < (y + 1) * stride; i++)
            {
                filtered[to++] = (byte)(rows[i] - (sub ? Left(i) : Above(i)));
            }
        }

        return filtered;

        int Left(int i) => i % stride < channels ? 0 : rows[i - channels];
        int Above(int i) => i < stride ? 0 : rows[i - stride];
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksums.Crc32(type, data));
        file.Write(number);
    }
}
