namespace MlOps.Learning;

/// <summary>Weights of cases made from their classes, for data in which one class is rare.</summary>
public static class ClassWeights
{
    /// <summary>Weighs each case by <c>n / (k · n_c)</c>: all k classes then count alike, and the weights add up to n.</summary>
    /// <remarks>Classes without a case are not counted in k. Source: G. King, L. Zeng, "Logistic Regression in Rare Events Data", Political Analysis 9 (2001).</remarks>
    public static double[] Balanced(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int[] counts = labels.Counts();
        int present = counts.Count(count => count > 0);
        var weights = new double[labels.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = labels.Count / ((double)present * counts[labels.Codes[i]]);
        }

        return weights;
    }

    /// <summary>Weighs each case by the weight of its class.</summary>
    /// <param name="labels">The cases.</param>
    /// <param name="weights">A weight ≥ 0 for every class that has cases.</param>
    /// <exception cref="ArgumentException">A class with cases has no weight.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double[] Of(Labels labels, IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weights);
        var perCase = new double[labels.Count];
        for (int i = 0; i < perCase.Length; i++)
        {
            perCase[i] = weights.TryGetValue(labels[i], out double weight)
                ? Guard.NonNegative(weight, nameof(weights))
                : throw new ArgumentException($"Class '{labels[i]}' has no weight. There are: {string.Join(", ", weights.Keys)}.", nameof(weights));
        }

        return perCase;
    }
}
