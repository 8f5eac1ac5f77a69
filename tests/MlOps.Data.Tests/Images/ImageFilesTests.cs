using System.IO.Compression;
using System.Security.Cryptography;
using MlOps.Data.Images;

namespace MlOps.Data.Tests.Images;

public sealed class ImageFilesTests : IDisposable
{
    // Two pictures of 2 × 3 pixels, byte by byte as the format's description says.
    private static readonly byte[] s_images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 250, 251, 252, 253, 254, 255];
    private static readonly byte[] s_labels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-images-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_BytesOfTheDescription_GivesDimensionsAndValues()
    {
        IdxArray array = IdxFile.Read(Put("images", s_images));
        Assert.Equal([2, 2, 3], array.Dimensions);
        Assert.Equal([1, 2, 3, 4, 5, 6, 250, 251, 252, 253, 254, 255], array.Values);
    }

    [Fact]
    public void Write_WhatWasRead_GivesTheSameBytes()
    {
        IdxArray array = IdxFile.Read(Put("images", s_images));
        string copy = Path.Combine(_folder.FullName, "copy");
        IdxFile.Write(copy, array.Values, [.. array.Dimensions]);
        Assert.Equal(s_images, File.ReadAllBytes(copy));
        IdxFile.Write(copy, [], 0, 28, 28);
        Assert.Empty(IdxFile.Read(copy).Values);
    }

    [Fact]
    public void ReadImages_PlainOrPacked_GivesPicturesWithLabels()
    {
        string labels = Put("labels", s_labels);
        foreach (string images in new[] { Put("images", s_images), Put("images-without-ending", Packed(s_images)) })
        {
            ImageSet set = IdxFile.ReadImages(images, labels, ["zero", "one"]);
            Assert.Equal((2, 1, 2, 3), (set.Count, set.Channels, set.Height, set.Width));
            Assert.Equal([250, 251, 252, 253, 254, 255], set.Image(1).ToArray());
            Assert.Equal([1, 0], set.Labels.ToArray());
            Assert.Equal(["zero", "one"], set.ClassNames);
        }
    }

    [Fact]
    public void ReadImages_FourDimensions_AreChannels()
    {
        byte[] colour = [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 10, 20, 30];
        ImageSet set = IdxFile.ReadImages(Put("images", colour), Put("labels", [0, 0, 8, 1, 0, 0, 0, 1, 4]));
        Assert.Equal(3, set.Channels);
        Assert.Equal(["0", "1", "2", "3", "4"], set.ClassNames);
    }

    [Theory]
    [InlineData("", "is no IDX file of bytes")]
    [InlineData("0000", "is no IDX file of bytes")]
    [InlineData("00000D0100000001", "is no IDX file of bytes")] // floats
    [InlineData("0000080500000001", "is no IDX file of bytes")] // five dimensions
    [InlineData("0100080100000001", "is no IDX file of bytes")]
    [InlineData("00000800", "is no IDX file of bytes")]
    [InlineData("000008020000", "ends within its header")]
    [InlineData("0000080100000003AABB", "it was cut off")]
    [InlineData("0000080100000001AABB", "it was added to")]
    [InlineData("00000801FFFFFFFF", "dimension 0 is -1")]
    public void Read_DamagedFile_SaysWhatIsWrong(string hex, string message)
    {
        string path = Put("bad", Convert.FromHexString(hex));
        string said = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path)).Message;
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Contains(path, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HugeDimensions_DoNotOverflowSilently()
    {
        string path = Put("huge", Convert.FromHexString("000008047FFFFFFF7FFFFFFF7FFFFFFF7FFFFFFF"));
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));
    }

    [Fact]
    public void Read_PackedFileCutOff_SaysSo()
    {
        byte[] packed = Packed(s_images);
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(Put("cut.gz", packed[..^12])));
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(Put("junk.gz", [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])));
    }

    [Fact]
    public void Read_ExpectedHash_IsThatOfTheFileOnDisk()
    {
        byte[] packed = Packed(s_images);
        string path = Put("images.gz", packed);
        Assert.Equal(12, IdxFile.Read(path, Convert.ToHexStringLower(SHA256.HashData(packed))).Values.Length);
#pragma warning disable CA5351 // As data sets' pages give it.
        Assert.Equal(12, IdxFile.Read(path, Convert.ToHexString(MD5.HashData(packed))).Values.Length);
#pragma warning restore CA5351
        string other = new('0', 64);
        Assert.Contains(other, Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, other)).Message, StringComparison.Ordinal);
        Assert.Contains("64 hexadecimal digits", Assert.Throws<ArgumentException>(() => IdxFile.Read(path, "abc")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadImages_CountsOrDimensionsThatDoNotFit_SaysBoth()
    {
        string images = Put("images", s_images);
        string three = Put("three", [0, 0, 8, 1, 0, 0, 0, 3, 1, 0, 1]);
        Assert.Contains("2 pictures", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(images, three)).Message, StringComparison.Ordinal);
        Assert.Contains("pictures need count × height × width", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(three, three)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => IdxFile.ReadImages(images, Put("labels", s_labels), ["only"]));
        Assert.Throws<FileNotFoundException>(() => IdxFile.Read(Path.Combine(_folder.FullName, "nowhere")));
    }

    [Fact]
    public void Write_ValuesThatDoNotFit_ThrowsArgumentException()
    {
        string path = Path.Combine(_folder.FullName, "new");
        Assert.Equal("dimensions", Assert.Throws<ArgumentException>(() => IdxFile.Write(path, [1, 2, 3], 2, 2)).ParamName);
        Assert.Throws<ArgumentException>(() => IdxFile.Write(path, [1]));
        Assert.Throws<ArgumentException>(() => IdxFile.Write(path, [1], 1, 1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IdxFile.Write(path, [1], -1, -1));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Cifar10_TwoBatches_GivesRecordsInOrder()
    {
        string first = Put("one.bin", [.. Record(6, 7), .. Record(9, 8)]);
        string second = Put("two.bin", Packed(Record(0, 1)));
        ImageSet set = Cifar10.Read(first, second);
        Assert.Equal((3, 3, 32, 32), (set.Count, set.Channels, set.Height, set.Width));
        Assert.Equal(["frog", "truck", "airplane"], set.Labels.ToArray().Select(k => set.ClassNames[k]));
        Assert.Equal([7, 8, 1], new[] { set.Image(0)[0], set.Image(1)[3071], set.Image(2)[1024] });
    }

    [Fact]
    public void Cifar10_DamagedFile_SaysWhatIsWrong()
    {
        Assert.Contains("records of 3073", Assert.Throws<InvalidDataException>(() => Cifar10.Read(Put("cut.bin", Record(1, 1)[..^1]))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Cifar10.Read(Put("empty.bin", [])));
        Assert.Contains("record 1 has label 10", Assert.Throws<InvalidDataException>(() => Cifar10.Read(Put("label.bin", [.. Record(1, 1), .. Record(10, 1)]))).Message, StringComparison.Ordinal);
        Assert.Equal("paths", Assert.Throws<ArgumentException>(() => Cifar10.Read()).ParamName);
    }

    private static byte[] Record(byte label, byte value)
    {
        byte[] record = new byte[3073];
        record.AsSpan().Fill(value);
        record[0] = label;
        return record;
    }

    private static byte[] Packed(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private string Put(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
