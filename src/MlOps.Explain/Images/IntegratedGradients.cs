using MathNet.Numerics.Integration;
using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>Integrated gradients: how much of a score each pixel brings on the straight way from a picture that shows nothing.</summary>
/// <remarks>
/// <c>vᵢ = (xᵢ − bᵢ) · ∫₀¹ ∂s(b + t·(x − b))/∂xᵢ dt</c>, <c>b</c> the baseline, <c>s</c> the score before the softmax; a pixel's value is the sum over its channels. The integral is
/// Gauss–Legendre's with <c>steps</c> points. Unit: that of the score; 0 means the pixel changed nothing, as where it equals the baseline; below 0 it speaks against the class.
/// All values add up to s(x) − s(b) but for <see cref="AttributionMap.Residual"/>, which shrinks with more steps.
/// <para>Source: M. Sundararajan, A. Taly, Q. Yan, "Axiomatic Attribution for Deep Networks", ICML 2017, equations 1 and 3.</para>
/// </remarks>
public static class IntegratedGradients
{
    private const string Method = "integrated gradients";
    private const int DefaultSteps = 50;

    /// <summary>Explains the score of one picture.</summary>
    /// <param name="network">A network for pictures.</param>
    /// <param name="image">One picture.</param>
    /// <param name="target">Which class; the one the network decides for when null.</param>
    /// <param name="baseline">What the way begins with; black when null. What a pixel shares with it cannot be seen: take another for dark objects.</param>
    /// <param name="steps">Points on the way, ≥ 1.</param>
    /// <exception cref="ArgumentException">There is not one picture, or it or the baseline is of another size; or the network does not read pictures.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such class, or no steps.</exception>
    /// <exception cref="InvalidOperationException">The network's score or slope is NaN or infinite.</exception>
    public static AttributionMap Of(Network network, Tensor image, int? target = null, PixelFill? baseline = null, int steps = DefaultSteps)
    {
        Guard.AtLeast(steps, 1);
        Pictures.CheckOne(image);
        var scores = new ClassScores(network);
        Pictures.Check(image, network.InputShape);
        int[] targets = scores.Targets(image, target is { } one ? [one] : null, nameof(target));
        Tensor start = (baseline ?? PixelFill.Black).For(image);
        var rule = new GaussLegendreRule(0, 1, steps);
        Tensor way = Way(start[0], image[0], image.Shape, rule.Abscissas);
        (_, _, Tensor gradient) = scores.Gradient(way, [.. Enumerable.Repeat(targets[0], steps)], null);

        TensorShape shape = image.Shape;
        var map = new double[shape.Area];
        for (int i = 0; i < shape.Size; i++)
        {
            double integral = 0;
            for (int step = 0; step < steps; step++)
            {
                integral += rule.Weights[step] * gradient.Values[(step * shape.Size) + i];
            }

            map[i % shape.Area] += ((double)image.Values[i] - start.Values[i]) * integral;
        }

        return new AttributionMap(Method, shape.Width, shape.Height, map, targets[0], scores.Of(image, targets[0])[0], scores.Of(start, targets[0])[0]);
    }

    private static Tensor Way(ReadOnlySpan<float> start, ReadOnlySpan<float> end, TensorShape shape, double[] places)
    {
        var values = new float[checked(places.Length * shape.Size)];
        for (int step = 0; step < places.Length; step++)
        {
            for (int i = 0; i < shape.Size; i++)
            {
                values[(step * shape.Size) + i] = (float)(start[i] + (places[step] * ((double)end[i] - start[i])));
            }
        }

        return new Tensor(places.Length, shape, values);
    }
}
