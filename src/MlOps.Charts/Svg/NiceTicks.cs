namespace MlOps.Charts.Svg;

/// <summary>Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class NiceTicks
{
    /// <summary>Multiples of a round step inside the range; two at least, and no more than <paramref name="most"/> + 1.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, above <paramref name="low"/>.</param>
    /// <param name="most">At least 5: the coarsest round step is then at most half the range.</param>
    internal static double[] Of(double low, double high, int most = 5)
    {
        double step = Step(low, high, most);
        double first = Math.Ceiling(low / step - 1e-9);
        double last = Math.Floor(high / step + 1e-9);
        var ticks = new double[(int)(last - first) + 1];
        for (int i = 0; i < ticks.Length; i++)
        {
            ticks[i] = (first + i) * step;
        }

        return ticks;
    }

    /// <summary>The smallest round step of which at most <paramref name="most"/> fit into the range.</summary>
    internal static double Step(double low, double high, int most = 5)
    {
        double least = (high - low) / most;
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double factor = least / power;

        // Tolerates the last bit of a division; 10 follows 5.
        return power * (factor <= 1 + 1e-9 ? 1 : factor <= 2 + 1e-9 ? 2 : factor <= 5 + 1e-9 ? 5 : 10);
    }
}
