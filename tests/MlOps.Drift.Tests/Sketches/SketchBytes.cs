using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

/// <summary>What a sketch writes, so that two can be compared to the last byte.</summary>
internal static class SketchBytes
{
    internal static byte[] Of(TableSketch sketch)
    {
        using var stream = new MemoryStream();
        sketch.Save(stream);
        return stream.ToArray();
    }

    internal static byte[] Of(DistinctSketch sketch) => Of(sketch.Write);

    internal static byte[] Of(HistogramSketch sketch) => Of(sketch.Write);

    internal static byte[] Of(FrequentLevels sketch) => Of(sketch.Write);

    internal static byte[] Of(QuantileSketch sketch) => Of(sketch.Write);

    private static byte[] Of(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }
}
