using System.Text.Json;
using MlOps.Data.Images;

namespace MlOps.Data.Tests.Images;

/// <summary>Files and pixels by Pillow 9.4: References/make_png.py.</summary>
public class PngReadTests
{
    private static readonly JsonElement s_reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "MlOps.Data.Tests", "Images", "References", "png.json"))).RootElement;

    [Theory]
    [InlineData("grey", 1)]
    [InlineData("greyAlpha", 2)]
    [InlineData("colour", 3)]
    [InlineData("colourAlpha", 4)]
    [InlineData("palette", 3)]
    [InlineData("palette2Bits", 3)]
    [InlineData("everyFilter", 3)]
    [InlineData("1Bit", 1)]
    public void Decode_FileOfPillow_HasItsPixels(string kind, int channels)
    {
        JsonElement expected = s_reference.GetProperty("cases").GetProperty(kind);
        Picture picture = Png.Decode(expected.GetProperty("file").GetBytesFromBase64());
        Assert.Equal((channels, 19, 23), (picture.Channels, picture.Height, picture.Width));
        Assert.Equal(expected.GetProperty("pixels").EnumerateArray().SelectMany(channel => channel.EnumerateArray()).SelectMany(row => row.EnumerateArray()).Select(value => value.GetByte()), picture.Pixels);
    }

    [Fact]
    public void Reference_UsesEveryFilter() =>
        Assert.Equal([0, 1, 2, 3, 4], s_reference.GetProperty("cases").EnumerateObject().SelectMany(one => one.Value.GetProperty("filters").EnumerateArray()).Select(value => value.GetInt32()).Distinct().Order());

    [Fact]
    public void WithChannels_ColourToGrey_WeighsAsPillow()
    {
        Picture colour = Png.Decode(s_reference.GetProperty("cases").GetProperty("colour").GetProperty("file").GetBytesFromBase64());
        Assert.Equal(s_reference.GetProperty("greyOfColour").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetByte()), colour.WithChannels(1).Pixels);
    }

    [Fact]
    public void WithChannels_GreyToColour_RepeatsIt() => Assert.Equal([1, 2, 1, 2, 1, 2], new Picture(2, 1, 2, [1, 2, 255, 255]).WithChannels(3).Pixels);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Decode_OwnFile_GivesThePixelsBack(int channels)
    {
        byte[] pixels = new byte[channels * 13 * 11];
        new Random(1).NextBytes(pixels);
        Assert.Equal(pixels, Png.Decode(Png.Encode(pixels, channels, 13, 11)).Pixels);
    }

    [Fact]
    public void Decode_CutOffAnywhere_SaysSo()
    {
        byte[] file = Png.Encode(new byte[48], 3, 4, 4);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Png.Decode(file.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Decode_AnyByteChanged_IsRefusedByItsChecksum()
    {
        byte[] file = Png.Encode(new byte[48], 3, 4, 4);
        for (int at = 0; at < file.Length; at++)
        {
            byte[] broken = [.. file];
            broken[at] ^= 0x55;
            Assert.Throws<InvalidDataException>(() => Png.Decode(broken));
        }
    }

    [Fact]
    public void Decode_SixteenBits_SaysWhatIsRead() =>
        Assert.Contains("16 bits", Assert.Throws<InvalidDataException>(() => Png.Decode(s_reference.GetProperty("sixteenBits").GetBytesFromBase64())).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoPng_NamesTheFile()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "GIF89a");
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Png.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
