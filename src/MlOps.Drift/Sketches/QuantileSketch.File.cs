using System.Runtime.InteropServices;

namespace MlOps.Drift.Sketches;

public sealed partial class QuantileSketch
{
    private const int LargestLevel = 48; // 2⁴⁸ · 8k values: more than a long counts at the largest k

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Accuracy);
        writer.Write(_coins);
        writer.Write(Missing);
        writer.Write(Infinite);
        writer.Write(_settled.Count);
        foreach (double moment in (double[])[_settled.Mean, _settled.SquaredDeviations, _settled.Min, _settled.Max])
        {
            writer.Write(moment);
        }

        writer.Write(_inputCount);
        writer.Write(MemoryMarshal.AsBytes(_input.AsSpan(0, _inputCount)));
        writer.Write((byte)_runs.Count);
        foreach (double[]? run in _runs)
        {
            writer.Write(run is not null);
            writer.Write(MemoryMarshal.AsBytes(run.AsSpan()));
        }
    }

    internal static QuantileSketch Read(SketchReader reader)
    {
        int accuracy = reader.Int("the accuracy of quantiles", SmallestAccuracy, LargestAccuracy);
        var sketch = new QuantileSketch(accuracy, reader.Bits())
        {
            Missing = reader.Count("missing values"),
            Infinite = reader.Count("infinite values"),
        };
        sketch._settled = new Moments(reader.Count("values"), reader.Double(), reader.Double(), reader.Double(), reader.Double());
        sketch._inputCount = reader.Int("the number of waiting values", 0, sketch.InputCapacity);
        sketch._input = new double[sketch._inputCount];
        reader.Doubles(sketch._input);
        long weight = 0;
        int levels = reader.Byte("the number of runs", 0, LargestLevel);
        for (int h = 0; h < levels; h++)
        {
            sketch._runs.Add(null);
            if (reader.Byte("the mark of a run", 0, 1) == 1)
            {
                double[] run = new double[accuracy];
                reader.Doubles(run);
                SketchReader.RequireRising(run, "the values of a run", strictly: false);
                sketch._runs[h] = run;
                weight += ((long)InputRatio << h) * accuracy;
            }
        }

        SketchReader.Require(weight == sketch._settled.Count, FormattableString.Invariant($"its runs stand for {weight} values, not for {sketch._settled.Count}"));
        return sketch;
    }
}
