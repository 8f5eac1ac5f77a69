using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Neural;

/// <summary>Sums whose order, and so whose rounding, is the same on every machine: 16 running sums, then these one after the other.</summary>
internal static class Sums
{
    internal static float InOrder(ReadOnlySpan<float> values)
    {
        Vector512<float> lanes = Vector512<float>.Zero;
        foreach (Vector512<float> next in MemoryMarshal.Cast<float, Vector512<float>>(values))
        {
            lanes += next;
        }

        float sum = 0;
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            sum += lanes[i];
        }

        foreach (float value in values[(values.Length / Vector512<float>.Count * Vector512<float>.Count)..])
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>Σ xᵢ², summed in double precision.</summary>
    internal static double OfSquares(ReadOnlySpan<float> values)
    {
        Vector512<double> lanes = Vector512<double>.Zero;
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        foreach (Vector256<float> next in vectors)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(next);
            Vector512<double> wide = Vector512.Create(low, high);
            lanes += wide * wide;
        }

        double sum = 0;
        for (int i = 0; i < Vector512<double>.Count; i++)
        {
            sum += lanes[i];
        }

        foreach (float value in values[(vectors.Length * Vector256<float>.Count)..])
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
