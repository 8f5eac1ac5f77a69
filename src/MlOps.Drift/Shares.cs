namespace MlOps.Drift;

/// <summary>Checked conversions of counts and weights to shares that add up to 1.</summary>
internal static class Shares
{
    /// <summary>The share that stands in for an empty bin where a logarithm needs one; the customary choice.</summary>
    internal const double DefaultFloor = 0.0001;

    /// <summary>Divides by the total.</summary>
    internal static double[] OfCounts(ReadOnlySpan<long> counts, string name, double pseudoCount = 0)
    {
        double total = Total(counts, name) + (pseudoCount * counts.Length);
        double[] shares = new double[counts.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = (counts[i] + pseudoCount) / total;
        }

        return shares;
    }

    /// <summary>Divides by the total; SciPy's way with shares that do not add up to 1.</summary>
    internal static double[] OfWeights(ReadOnlySpan<double> weights, string name)
    {
        double total = Total(weights, name);
        double[] shares = new double[weights.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = weights[i] / total;
        }

        return shares;
    }

    internal static double Total(ReadOnlySpan<double> weights, string name)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += Guard.NonNegative(weight, name);
        }

        return total > 0 && double.IsFinite(total)
            ? total
            : throw new ArgumentException(FormattableString.Invariant($"{name} needs shares with a positive, finite total; {weights.Length} shares add up to {total}."), name);
    }

    internal static long Total(ReadOnlySpan<long> counts, string name)
    {
        long total = 0;
        foreach (long count in counts)
        {
            total = checked(total + Guard.AtLeast(count, 0, name));
        }

        return total > 0
            ? total
            : throw new ArgumentException($"{name} needs at least one observation; its {counts.Length} bins are empty.", name);
    }

    internal static void SameBins(int reference, int current)
    {
        if (reference != current)
        {
            throw new ArgumentException($"Both sides need the same bins: reference has {reference}, current has {current}.", nameof(current));
        }
    }

    internal static long[] ToArray(IReadOnlyList<long> counts) => counts as long[] ?? [.. counts];
}
