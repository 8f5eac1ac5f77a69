using System.Buffers.Binary;
using System.IO.Compression;
using MlOps.Data.Images.Internals;

namespace MlOps.Data.Images;

public static partial class Png
{
    private const int ColourPalette = 3;
    private const int ColourGreyAlpha = 4;
    private const int ColourTrueAlpha = 6;
    private const int FilterAverage = 3;
    private const int FilterPaeth = 4;
    private const int SignatureLength = 8;
    private const int ChunkFrame = 12; // length, type, checksum
    private const int HeaderLength = 13;
    private const int LongestSide = 1 << 15;

    /// <summary>Reads a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">As in <see cref="Decode"/>; the message names the file.</exception>
    public static Picture Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        try
        {
            return Decode(file);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Decodes a picture of up to 8 bits a channel: grey, colour, either with opacity, or with a palette.</summary>
    /// <remarks>A palette becomes red, green and blue; its transparent entries are not told apart. Colour profiles and gamma are not applied: the bytes are those in the file.</remarks>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">It is no PNG file, is cut off or damaged, or is of a kind that is not read here: 16 bits a channel, interlaced, or a side above 32,768.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            throw new InvalidDataException("This is no PNG file: its first bytes are others.");
        }

        byte[] header = [];
        byte[] palette = [];
        using var packed = new MemoryStream();
        for (int at = SignatureLength; ;)
        {
            ReadOnlySpan<byte> type = NextChunk(file, ref at, out ReadOnlySpan<byte> data);
            if (type.SequenceEqual("IHDR"u8))
            {
                header = data.Length == HeaderLength ? data.ToArray() : throw new InvalidDataException($"The header has {data.Length} bytes; {HeaderLength} are needed.");
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                palette = data.ToArray();
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                packed.Write(data);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                return Assemble(header, palette, packed);
            }
            else if ((type[0] & 0x20) == 0)
            {
                throw new InvalidDataException($"It needs the chunk '{System.Text.Encoding.Latin1.GetString(type)}', which is not known here.");
            }
        }
    }

    private static ReadOnlySpan<byte> NextChunk(ReadOnlySpan<byte> file, ref int at, out ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> rest = file[at..];
        uint length = rest.Length < ChunkFrame ? throw CutOff() : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - ChunkFrame)
        {
            throw CutOff();
        }

        ReadOnlySpan<byte> type = rest.Slice(4, 4);
        data = rest.Slice(8, (int)length);
        if (Checksums.Crc32(type, data) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
        {
            throw new InvalidDataException($"It is damaged: the checksum of the chunk at byte {at} is wrong.");
        }

        at += ChunkFrame + (int)length;
        return type;

        static InvalidDataException CutOff() => new("It is cut off: the end is missing.");
    }

    private static Picture Assemble(byte[] header, byte[] palette, MemoryStream packed)
    {
        if (header.Length == 0)
        {
            throw new InvalidDataException("It has no header.");
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        (int depth, int colour) = (header[8], header[9]);
        int channels = colour switch
        {
            ColourGrey or ColourPalette => 1,
            ColourGreyAlpha => 2,
            ColourTrue => 3,
            ColourTrueAlpha => 4,
            _ => throw new InvalidDataException($"There is no colour type {colour}."),
        };
        if (width is < 1 or > LongestSide || height is < 1 or > LongestSide || depth is not (1 or 2 or 4 or 8) || (depth < 8 && channels > 1) || header[12] != 0)
        {
            throw new InvalidDataException($"{height} × {width} pixels, {depth} bits a channel{(header[12] != 0 ? ", interlaced" : "")}: what is read here has sides of 1 to {LongestSide} pixels and up to 8 bits, not interlaced.");
        }

        if (colour == ColourPalette && (palette.Length == 0 || palette.Length % 3 != 0))
        {
            throw new InvalidDataException($"Its palette has {palette.Length} bytes.");
        }

        int stride = ((width * channels * depth) + 7) / 8;
        byte[] rows = Unpacked(packed, checked((stride + 1) * height));
        Unfilter(rows, stride, Math.Max(1, channels * depth / 8));
        return Separated(rows, stride, (channels, height, width), depth, colour == ColourPalette ? palette : null);
    }

    private static byte[] Unpacked(MemoryStream packed, int length)
    {
        packed.Position = 0;
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        try
        {
            // Never more than the header promises, nor memory for it before it is there.
            byte[] piece = new byte[Math.Min(length, 1 << 16)];
            while (rows.Length < length && stream.Read(piece, 0, (int)Math.Min(piece.Length, length - rows.Length)) is var count and > 0)
            {
                rows.Write(piece, 0, count);
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"Its pixels cannot be unpacked: {e.Message}", e);
        }

        return rows.Length == length ? rows.ToArray() : throw new InvalidDataException($"It has {rows.Length} bytes of pixels; its size asks for {length}.");
    }

    /// <summary>Adds to every byte what its filter took away; the filter is the first byte of a row.</summary>
    private static void Unfilter(byte[] rows, int stride, int step)
    {
        byte[] first = new byte[stride];
        ReadOnlySpan<byte> above = first;
        for (int start = 0; start < rows.Length; start += stride + 1)
        {
            Span<byte> row = rows.AsSpan(start + 1, stride);
            int filter = rows[start];
            for (int i = 0; i < stride && filter != 0; i++)
            {
                int left = i < step ? 0 : row[i - step];
                row[i] += (byte)(filter switch
                {
                    FilterSub => left,
                    FilterUp => above[i],
                    FilterAverage => (left + above[i]) / 2,
                    FilterPaeth => Paeth(left, above[i], i < step ? 0 : above[i - step]),
                    _ => throw new InvalidDataException($"There is no filter {filter}."),
                });
            }

            above = row;
        }
    }

    /// <summary>The neighbour that is nearest to left + up − corner; of equally near ones the left, then the upper.</summary>
    private static int Paeth(int left, int up, int corner)
    {
        int toLeft = Math.Abs(up - corner);
        int toUp = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + up - (2 * corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    /// <summary>From pixels side by side to one channel after the other.</summary>
    private static Picture Separated(byte[] rows, int stride, (int Channels, int Height, int Width) size, int depth, byte[]? palette)
    {
        (int channels, int height, int width) = size;
        int made = palette is null ? channels : 3;
        int area = height * width;
        byte[] pixels = new byte[checked(made * area)];
        int grey = 255 / ((1 << depth) - 1); // few bits are spread over the whole byte
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = rows.AsSpan((y * (stride + 1)) + 1, stride);
            for (int x = 0; x < width; x++)
            {
                int to = (y * width) + x;
                for (int c = 0; c < channels; c++)
                {
                    int value = depth == 8 ? row[(x * channels) + c] : (row[x * depth / 8] >> (8 - depth - (x * depth % 8))) & ((1 << depth) - 1);
                    if (palette is null)
                    {
                        pixels[(c * area) + to] = (byte)(value * grey);
                        continue;
                    }

                    if (3 * value >= palette.Length)
                    {
                        throw new InvalidDataException($"A pixel has colour {value}; the palette has {palette.Length / 3}.");
                    }

                    for (int k = 0; k < 3; k++)
                    {
                        pixels[(k * area) + to] = palette[(3 * value) + k];
                    }
                }
            }
        }

        return new Picture(made, height, width, pixels);
    }
}
