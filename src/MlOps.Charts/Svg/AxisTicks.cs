namespace MlOps.Charts.Svg;

/// <summary>The ticks of any axis with their labels.</summary>
internal static class AxisTicks
{
    internal static (double At, string Label)[] Of(AxisDomain domain, int most)
    {
        if (domain.Kind == ValueKind.Text)
        {
            return [.. domain.Categories.Select((name, i) => ((double)i, name))];
        }

        if (domain.Kind == ValueKind.Date)
        {
            return DateTicks.Of(domain.Low, domain.High, most);
        }

        if (domain.Log)
        {
            return Powers(domain.Low, domain.High, most);
        }

        double step = NiceTicks.Step(domain.Low, domain.High, most);
        return [.. NiceTicks.Of(domain.Low, domain.High, most).Select(t => (t, NumberText.Tick(t, step)))];
    }

    /// <summary>Powers of ten; within two decades also 2 and 5 times; within one, round numbers.</summary>
    private static (double At, string Label)[] Powers(double low, double high, int most)
    {
        if (high - low < 0.7)
        {
            (double from, double to) = (Math.Pow(10, low), Math.Pow(10, high));
            double step = NiceTicks.Step(from, to, most);
            return [.. NiceTicks.Of(from, to, most).Where(t => t > 0).Select(t => (Math.Log10(t), NumberText.Tick(t, step)))];
        }

        double[] factors = high - low < 2 ? [1, 2, 5] : [1];
        int stride = Math.Max(1, (int)Math.Ceiling((high - low) / (most + 2)));
        var ticks = new List<(double, string)>();
        for (int power = (int)Math.Floor(low); power <= high; power++)
        {
            foreach (double factor in factors)
            {
                double at = power + Math.Log10(factor);
                if (at >= low - 1e-9 && at <= high + 1e-9 && power % stride == 0)
                {
                    ticks.Add((at, NumberText.Short(factor * Math.Pow(10, power))));
                }
            }
        }

        return [.. ticks];
    }
}
