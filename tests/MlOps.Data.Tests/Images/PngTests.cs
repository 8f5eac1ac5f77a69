using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MlOps.Data.Images;

namespace MlOps.Data.Tests.Images;

/// <summary>Decoded by the base library's ZLibStream and a reader that follows the recommendation: an implementation other than the writer's.</summary>
public class PngTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(1, 28, 28)]
    [InlineData(3, 7, 300)]
    [InlineData(3, 300, 7)]
    public void Encode_Noise_DecodesToTheSamePixels(int channels, int height, int width)
    {
        byte[] pixels = new byte[channels * height * width];
        new Random(5).NextBytes(pixels);
        Assert.Equal(pixels, Decode(Png.Encode(pixels, channels, height, width), channels, height, width));
    }

    [Fact]
    public void Encode_RunsOfEveryLength_DecodeToTheSamePixels()
    {
        // Every length of a match that deflate knows, and those around its limits.
        var pixels = new List<byte>();
        for (int run = 1; run <= 600; run++)
        {
            pixels.AddRange(Enumerable.Repeat((byte)(run * 97), run));
        }

        byte[] all = [.. pixels];
        Assert.Equal(all, Decode(Png.Encode(all, 1, 1, all.Length), 1, 1, all.Length));
        Assert.Equal(all, Decode(Png.Encode(all, 1, all.Length, 1), 1, all.Length, 1));
    }

    [Fact]
    public void Encode_FlatPicture_IsSmall() => Assert.InRange(Png.Encode(new byte[3 * 300 * 300], 3, 300, 300).Length, 60, 3000);

    [Fact]
    public void Encode_WrongSizes_AreNamed()
    {
        Assert.Equal("pixels", Assert.Throws<ArgumentException>(() => Png.Encode(new byte[5], 1, 2, 2)).ParamName);
        Assert.Equal("pixels", Assert.Throws<ArgumentException>(() => Png.Encode(new byte[8], 2, 2, 2)).ParamName);
        Assert.Equal("height", Assert.Throws<ArgumentOutOfRangeException>(() => Png.Encode([], 1, 0, 2)).ParamName);
    }

    [Fact]
    public void Grid_FivePicturesInTwoColumns_LiesRowByRowWithWhiteGaps()
    {
        var images = new ImageSet(1, 1, 1, [10, 20, 30, 40, 50], [0, 1, 0, 1, 0], ["a", "b"]);
        var grid = new ImageGrid(images, 2, "Five dots", scale: 2);
        byte[] canvas = Decode(grid.ToPng(), 1, 14, 8); // 3 rows × 2 + 2 gaps × 4; 2 × 2 + 4

        Assert.Equal([10, 10, 255, 255, 255, 255, 20, 20], canvas[..8]);
        Assert.Equal([30, 30, 255, 255, 255, 255, 40, 40], canvas[(6 * 8)..(7 * 8)]);
        Assert.Equal([50, 50, 255, 255, 255, 255, 255, 255], canvas[(13 * 8)..]);
        Assert.Equal("Five dots (5 pictures of 1 × 1)\nrow 1: a, b\nrow 2: a, b\nrow 3: a", grid.ToMimeBundle()["text/plain"]);
        Assert.Equal(grid.ToPng(), Convert.FromBase64String(grid.ToMimeBundle()["image/png"]));
    }

    [Fact]
    public void Grid_NothingToShow_ThrowsArgumentException()
    {
        Assert.Equal("images", Assert.Throws<ArgumentException>(() => new ImageGrid(new ImageSet(1, 1, 1, [], []), 1, "none")).ParamName);
        var two = new ImageSet(2, 1, 1, [1, 2], [0]);
        Assert.Equal("images", Assert.Throws<ArgumentException>(() => new ImageGrid(two, 1, "two channels")).ParamName);
        var one = new ImageSet(1, 1, 1, [1], [0]);
        Assert.Equal("columns", Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid(one, 0, "one")).ParamName);
        Assert.Equal("description", Assert.Throws<ArgumentException>(() => new ImageGrid(one, 1, " ")).ParamName);
    }

    private static byte[] Decode(byte[] png, int channels, int height, int width)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var data = new MemoryStream();
        var types = new List<string>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            string type = Encoding.ASCII.GetString(png, at + 4, 4);
            types.Add(type);
            Assert.Equal(Crc(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            if (type == "IHDR")
            {
                Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 8)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 12))));
                Assert.Equal([8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0], png[(at + 16)..(at + 21)]);
            }
            else if (type == "IDAT")
            {
                data.Write(png, at + 8, length);
            }

            at += 12 + length;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], types);
        data.Position = 0;
        var unpacked = new MemoryStream();
        new ZLibStream(data, CompressionMode.Decompress).CopyTo(unpacked); // checks Adler-32 as well
        return Unfilter(unpacked.ToArray(), channels, height, width);
    }

    private static byte[] Unfilter(byte[] raw, int channels, int height, int width)
    {
        int stride = channels * width;
        Assert.Equal(height * (stride + 1), raw.Length);
        byte[] rows = new byte[height * stride];
        byte[] planes = new byte[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int filter = raw[i / stride * (stride + 1)];
            int left = i % stride < channels ? 0 : rows[i - channels];
            int above = i < stride ? 0 : rows[i - stride];
            rows[i] = (byte)(raw[i + (i / stride) + 1] + (filter switch { 0 => 0, 1 => left, 2 => above, _ => throw new InvalidDataException($"filter {filter}") }));
            planes[(i % channels * height * width) + (i / channels)] = rows[i];
        }

        return planes;
    }

    /// <summary>CRC-32 bit by bit, as the recommendation's annex describes it.</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
