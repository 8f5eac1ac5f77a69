using MlOps.Data;
using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

public sealed class TableSketchFileTests
{
    private static readonly SketchOptions Small = new()
    {
        Accuracy = 16,
        DistinctPrecision = 4,
        LevelCapacity = 5,
        Seed = 9,
        Edges = new Dictionary<string, IReadOnlyList<double>> { ["income"] = [2, 5] },
    };

    [Fact]
    public void Load_SavedSketch_GoesOnAsTheSavedOneWould()
    {
        var straight = new TableSketch(Small);
        straight.Add(TableSketchTests.Mixed(700, 1));
        TableSketch loaded = TableSketch.Load(new MemoryStream(SketchBytes.Of(straight)));
        Assert.Equal(SketchBytes.Of(straight), SketchBytes.Of(loaded));

        straight.Add(TableSketchTests.Mixed(900, 2));
        loaded.Add(TableSketchTests.Mixed(900, 2));

        Assert.Equal(SketchBytes.Of(straight), SketchBytes.Of(loaded));
        Assert.Equal(straight["income"].Numbers.Quantile(0.3), loaded["income"].Numbers.Quantile(0.3));
        Assert.Equal(straight.Options.Seed, loaded.Options.Seed);
    }

    [Fact]
    public void Load_TwoSketchesInOneStream_ReadsOneAfterTheOther()
    {
        using var stream = new MemoryStream();
        foreach (int seed in (int[])[1, 2])
        {
            var sketch = new TableSketch(Small);
            sketch.Add(TableSketchTests.Mixed(100 * seed, seed));
            sketch.Save(stream);
        }

        stream.Position = 0;

        Assert.Equal((100, 200), (TableSketch.Load(stream).RowCount, TableSketch.Load(stream).RowCount));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Load_CutOffAnywhere_SaysSo()
    {
        byte[] whole = SmallFile();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => TableSketch.Load(new MemoryStream(whole, 0, length))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_AnyByteChanged_IsRefused()
    {
        byte[] whole = SmallFile();
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x41;
            Assert.Throws<InvalidDataException>(() => TableSketch.Load(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void Load_OtherFileOrVersion_SaysWhich()
    {
        byte[] newer = SmallFile();
        newer[8] = 2;

        Assert.Contains("no sketch", Assert.Throws<InvalidDataException>(() => TableSketch.Load(new MemoryStream("income,age\n1,2\n3,4\n5,6\n"u8.ToArray()))).Message, StringComparison.Ordinal);
        Assert.Contains("version 2; this release reads version 1", Assert.Throws<InvalidDataException>(() => TableSketch.Load(new MemoryStream(newer))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ContentThatCannotBe_IsToldAsDamage()
    {
        // As Load would see it if someone computed a checksum over nonsense.
        byte[] content = new byte[64];
        Assert.Throws<InvalidDataException>(() => QuantileSketch.Read(new SketchReader(content)));
        Assert.Throws<InvalidDataException>(() => DistinctSketch.Read(new SketchReader(content)));
        Assert.Throws<InvalidDataException>(() => HistogramSketch.Read(new SketchReader(content)));
        Assert.Throws<InvalidDataException>(() => FrequentLevels.Read(new SketchReader(content)));
        Assert.Throws<InvalidDataException>(() => ColumnSketch.Read(new SketchReader(content)));
        Array.Fill(content, (byte)0xFF);
        Assert.Throws<InvalidDataException>(() => ColumnSketch.Read(new SketchReader(content)));
        Assert.Throws<InvalidDataException>(() => FrequentLevels.Read(new SketchReader(content)));
    }

    private static byte[] SmallFile()
    {
        var sketch = new TableSketch(Small);
        sketch.Add(new Table(Column.Of("income", [.. Samples.Uniforms(150, 1)]), Column.Of("city", [.. Enumerable.Range(0, 150).Select(i => i % 2 == 0 ? "a" : "₹\ud800")])));
        return SketchBytes.Of(sketch);
    }
}
