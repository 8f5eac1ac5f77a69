using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Learning.Neural;

/// <summary>Rectifier that lets a little through: <c>y = x</c> for x &gt; 0, else <c>slope · x</c>.</summary>
/// <param name="Slope">Slope for negative x, in [0, 1].</param>
/// <remarks>Source: A. Maas, A. Hannun, A. Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013.</remarks>
public sealed record LeakyReLU(double Slope = 0.01) : Layer
{
    /// <summary>Gets the slope for negative x.</summary>
    public double Slope { get; init; } = Guard.Share(Slope);

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input;

    internal override LayerOperation Operation(TensorShape input, Threads threads)
    {
        float slope = (float)Slope;
        return new ElementwiseOperation(input.Size, threads, (x, y) => Slopes(x, x, slope, y), (x, _, dy, dx) => Slopes(x, dy, slope, dx));
    }

    /// <summary><c>result = value</c> where sign &gt; 0, else <c>slope · value</c>; without a branch, for signs are unpredictable.</summary>
    internal static void Slopes(ReadOnlySpan<float> signs, ReadOnlySpan<float> values, float slope, Span<float> results)
    {
        ReadOnlySpan<Vector<float>> wideSigns = MemoryMarshal.Cast<float, Vector<float>>(signs);
        ReadOnlySpan<Vector<float>> wideValues = MemoryMarshal.Cast<float, Vector<float>>(values);
        Span<Vector<float>> wideResults = MemoryMarshal.Cast<float, Vector<float>>(results);
        var factor = new Vector<float>(slope);
        for (int i = 0; i < wideResults.Length; i++)
        {
            wideResults[i] = Vector.ConditionalSelect(Vector.GreaterThan(wideSigns[i], Vector<float>.Zero), wideValues[i], factor * wideValues[i]);
        }

        for (int i = wideResults.Length * Vector<float>.Count; i < results.Length; i++)
        {
            results[i] = signs[i] > 0 ? values[i] : slope * values[i];
        }
    }
}
