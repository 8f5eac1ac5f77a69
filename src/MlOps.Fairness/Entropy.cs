namespace MlOps.Fairness;

/// <summary>The generalised entropy index of values that occur several times.</summary>
internal static class Entropy
{
    /// <summary>The index; null without values or if their mean is 0.</summary>
    /// <param name="alpha">α.</param>
    /// <param name="values">Values ≥ 0 and how often each occurs.</param>
    internal static double? Of(double alpha, ReadOnlySpan<(double Value, long Count)> values)
    {
        long n = 0;
        double sum = 0;
        foreach ((double value, long count) in values)
        {
            n += count;
            sum += value * count;
        }

        if (n == 0 || sum == 0)
        {
            return null;
        }

        double mu = sum / n;
        double total = 0;
        foreach ((double value, long count) in values)
        {
            if (count > 0)
            {
                total += count * Term(alpha, value / mu);
            }
        }

        return alpha is 0 or 1 ? total / n : total / (n * alpha * (alpha - 1));
    }

    private static double Term(double alpha, double x) => alpha switch
    {
        0 => -Math.Log(x),
        1 => x == 0 ? 0 : x * Math.Log(x),
        _ => Math.Pow(x, alpha) - 1,
    };
}
