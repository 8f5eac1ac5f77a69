namespace MlOps.Quantization.Benchmarking;

/// <summary>Picks what nothing else beats: no other item is at least as good in everything and better in something.</summary>
/// <remarks>Source: V. Pareto, Manuale di economia politica (1906); the definition of dominance as in K. Deb, Multi-Objective Optimization (2001), 2.4.</remarks>
internal static class ParetoFront
{
    /// <summary>Returns the items on the front, in their order. Items that are equal in everything are all on it; an item with NaN in a criterion is not.</summary>
    /// <typeparam name="T">What is chosen among.</typeparam>
    /// <param name="items">Any number of items, n.</param>
    /// <param name="criteria">At least one number to judge by, each with whether more of it is better.</param>
    /// <remarks>O(n²) comparisons.</remarks>
    /// <exception cref="ArgumentException">There is no criterion.</exception>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, params IReadOnlyList<(Func<T, double> Value, bool MoreIsBetter)> criteria)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(criteria);
        if (criteria.Count == 0)
        {
            throw new ArgumentException("At least one criterion is needed.", nameof(criteria));
        }

        // Costs: less is better in all of them.
        double[][] costs = [.. items.Select(item => criteria.Select(criterion => criterion.MoreIsBetter ? -criterion.Value(item) : criterion.Value(item)).ToArray())];
        return [.. items.Where((_, i) => !costs[i].Any(double.IsNaN) && !costs.Any(other => Dominates(other, costs[i])))];
    }

    private static bool Dominates(double[] one, double[] other)
    {
        bool better = false;
        for (int c = 0; c < one.Length; c++)
        {
            if (!(one[c] <= other[c]))
            {
                return false; // also where one of them is NaN
            }

            better |= one[c] < other[c];
        }

        return better;
    }
}
