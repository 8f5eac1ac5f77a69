using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Drift.Multivariate;

/// <summary>Sums in eight fixed lanes: as fast as the machine allows, with the same bits on every machine.</summary>
internal static class Lanes
{
    /// <summary>Σ aᵢ·bᵢ of two spans of equal length.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        ReadOnlySpan<Vector512<double>> blocksOfA = MemoryMarshal.Cast<double, Vector512<double>>(a);
        ReadOnlySpan<Vector512<double>> blocksOfB = MemoryMarshal.Cast<double, Vector512<double>>(b);
        for (int i = 0; i < blocksOfA.Length; i++)
        {
            sums += blocksOfA[i] * blocksOfB[i];
        }

        double rest = 0;
        for (int i = blocksOfA.Length * Vector512<double>.Count; i < a.Length; i++)
        {
            rest += a[i] * b[i];
        }

        return Vector512.Sum(sums) + rest;
    }

    /// <summary>Σ (aᵢ − bᵢ)² of two spans of equal length.</summary>
    internal static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        ReadOnlySpan<Vector512<double>> blocksOfA = MemoryMarshal.Cast<double, Vector512<double>>(a);
        ReadOnlySpan<Vector512<double>> blocksOfB = MemoryMarshal.Cast<double, Vector512<double>>(b);
        for (int i = 0; i < blocksOfA.Length; i++)
        {
            Vector512<double> gap = blocksOfA[i] - blocksOfB[i];
            sums += gap * gap;
        }

        double rest = 0;
        for (int i = blocksOfA.Length * Vector512<double>.Count; i < a.Length; i++)
        {
            double gap = a[i] - b[i];
            rest += gap * gap;
        }

        return Vector512.Sum(sums) + rest;
    }
}
