using MathNet.Numerics;

namespace MlOps.Learning.Neural;

/// <summary>Gaussian error linear unit: <c>y = x · Φ(x)</c>, Φ the normal distribution function, in its exact form with erf.</summary>
/// <remarks>Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", arXiv:1606.08415 (2016).</remarks>
public sealed record Gelu : Layer
{
    private static readonly double DensityAtZero = 1 / Math.Sqrt(2 * Math.PI);

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input;

    internal override LayerOperation Operation(TensorShape input, Threads threads) => new ElementwiseOperation(input.Size, threads, Forward, Backward);

    private static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = (float)(x[i] * Normal(x[i]));
        }
    }

    private static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        for (int i = 0; i < dx.Length; i++)
        {
            double value = x[i];
            double density = DensityAtZero * Math.Exp(-0.5 * value * value);
            dx[i] = (float)(dy[i] * (Normal(value) + (value * density)));
        }
    }

    private static double Normal(double x) => 0.5 * SpecialFunctions.Erfc(-x / Constants.Sqrt2); // erfc: no loss of digits for x ≪ 0
}
