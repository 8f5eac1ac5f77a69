namespace MlOps.Explain.Images;

/// <summary>From weighted feature maps to a map of the picture: what all class activation maps have in common.</summary>
internal static class ActivationMap
{
    private const double Least = 1e-7; // keeps a map that is the same everywhere at 0

    /// <summary>relu(Σₖ wₖ · Aₖ), scaled to the picture, then (c − min) / (1e-7 + max − min).</summary>
    internal static double[] Of(ReadOnlySpan<float> activations, ReadOnlySpan<double> weights, int height, int width, int newHeight, int newWidth)
    {
        var sum = new double[height * width];
        for (int k = 0; k < weights.Length; k++)
        {
            ReadOnlySpan<float> plane = activations.Slice(k * sum.Length, sum.Length);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += weights[k] * plane[i];
            }
        }

        return Finished(sum, height, width, newHeight, newWidth);
    }

    internal static double[] Finished(double[] map, int height, int width, int newHeight, int newWidth)
    {
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = Math.Max(0, map[i]); // NaN stays NaN: the map refuses it
        }

        double[] scaled = BilinearScaling.Of(map, height, width, newHeight, newWidth);
        Normalize(scaled);
        return scaled;
    }

    /// <summary>To [0, 1): a map that is the same everywhere becomes 0.</summary>
    internal static void Normalize(Span<double> map)
    {
        (double min, double max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in map)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        double range = Least + max - min;
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = (map[i] - min) / range;
        }
    }
}
