namespace MlOps.Learning.Neighbors;

/// <summary>What the fits of both k-nearest-neighbour models share.</summary>
internal static class Votes
{
    /// <summary>The rows that count; at least k of them.</summary>
    internal static int[] Rows(Matrix x, double[]? weights, int k)
    {
        int[] used = [.. Enumerable.Range(0, x.RowCount).Where(i => weights is null || weights[i] > 0)];
        return used.Length >= k
            ? used
            : throw new ArgumentException($"{k} neighbours need as many cases; there are {used.Length} with a weight above 0.", nameof(x));
    }

    internal static double[] Weights(double[]? weights, int[] used) => weights is null ? [.. Enumerable.Repeat(1.0, used.Length)] : Array.ConvertAll(used, i => weights[i]);

    /// <summary>Writes how much every neighbour counts.</summary>
    internal static void Of(NeighborWeights kind, ReadOnlySpan<double> squaredDistances, ReadOnlySpan<int> rows, double[] caseWeights, Span<double> votes)
    {
        bool same = kind == NeighborWeights.Distance && squaredDistances[0] == 0; // nearest first
        for (int i = 0; i < votes.Length; i++)
        {
            double vote = kind == NeighborWeights.Uniform ? 1 : same ? (squaredDistances[i] == 0 ? 1 : 0) : 1 / Math.Sqrt(squaredDistances[i]);
            votes[i] = vote * caseWeights[rows[i]];
        }
    }

    internal static NeighborWeights Known(NeighborWeights weights) =>
        Enum.IsDefined(weights) ? weights : throw new ArgumentOutOfRangeException(nameof(weights), weights, "Unknown kind of weights.");
}
