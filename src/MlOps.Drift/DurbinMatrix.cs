namespace MlOps.Drift;

/// <summary>P(D(n) &lt; d) by Durbin's matrix: exact, in time O(k³ · log n) with k = ⌈n·d⌉.</summary>
/// <remarks>
/// Write d = (k − h)/n with 0 ≤ h &lt; 1. Then P is n!/nⁿ times the middle element of Hⁿ, H the (2k−1) × (2k−1) matrix below.
/// <para>Source: G. Marsaglia, W. W. Tsang, J. Wang, "Evaluating Kolmogorov's Distribution", J. Stat. Software 8/18 (2003).</para>
/// </remarks>
internal static class DurbinMatrix
{
    private const int ScaleBits = 256;
    private static readonly double Huge = Math.ScaleB(1, ScaleBits);
    private static readonly double Tiny = Math.ScaleB(1, -ScaleBits);

    internal static double Cdf(int n, double d)
    {
        int k = (int)Math.Ceiling(n * d);
        double h = k - (n * d);
        int size = (2 * k) - 1;
        int middle = ((k - 1) * size) + k - 1;

        double[] square = Build(size, h);
        double[] power = Identity(size);
        double[] spare = new double[size * size];
        int squareScale = 0;
        int powerScale = 0;
        for (int bits = n; bits > 0; bits >>= 1)
        {
            if ((bits & 1) == 1)
            {
                Multiply(power, square, spare, size);
                (power, spare) = (spare, power);
                powerScale += squareScale + Rescale(power, middle);
            }

            Multiply(square, square, spare, size);
            (square, spare) = (spare, square);
            squareScale = (2 * squareScale) + Rescale(square, middle);
        }

        double p = power[middle];
        for (int i = 1; i <= n; i++)
        {
            p *= (double)i / n;
            if (p < Tiny)
            {
                p *= Huge;
                powerScale -= ScaleBits;
            }
        }

        return Math.ScaleB(p, powerScale);
    }

    private static double[] Build(int size, double h)
    {
        // inverse[i] = 1/i!
        double[] inverse = new double[size + 1];
        inverse[0] = 1;
        for (int i = 1; i <= size; i++)
        {
            inverse[i] = inverse[i - 1] / i;
        }

        double[] matrix = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= Math.Min(row + 1, size - 1); column++)
            {
                matrix[(row * size) + column] = inverse[row - column + 1];
            }
        }

        // The first column and the last row know how far d lies between two grid lines.
        for (int i = 0; i < size - 1; i++)
        {
            double edge = (1 - Math.Pow(h, i + 1)) * inverse[i + 1];
            matrix[i * size] = edge;
            matrix[(size * size) - 1 - i] = edge;
        }

        double corner = 1 - (2 * Math.Pow(h, size)) + Math.Pow(Math.Max(0, (2 * h) - 1), size);
        matrix[(size - 1) * size] = corner * inverse[size];
        return matrix;
    }

    private static double[] Identity(int size)
    {
        double[] identity = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            identity[(i * size) + i] = 1;
        }

        return identity;
    }

    private static void Multiply(double[] left, double[] right, double[] product, int size)
    {
        Array.Clear(product);
        for (int row = 0; row < size; row++)
        {
            Span<double> target = product.AsSpan(row * size, size);
            for (int inner = 0; inner < size; inner++)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(
                    right.AsSpan(inner * size, size), left[(row * size) + inner], target, target);
            }
        }
    }

    /// <summary>Keeps the middle element below <see cref="Huge"/>; returns the power of two that was taken out.</summary>
    private static int Rescale(double[] matrix, int middle)
    {
        if (matrix[middle] <= Huge)
        {
            return 0;
        }

        System.Numerics.Tensors.TensorPrimitives.Multiply(matrix, Tiny, matrix);
        return ScaleBits;
    }
}
