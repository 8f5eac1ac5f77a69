using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>Background rows: what a feature is when it is not known.</summary>
/// <remarks>
/// Shapley values say how a row differs from its background, so another background gives other values. Take rows of the people one wants to compare
/// with; 100 are usual. The cost of an explanation grows in proportion.
/// </remarks>
public static class Background
{
    /// <summary>Draws rows without replacement, in their order.</summary>
    /// <param name="x">n rows.</param>
    /// <param name="rows">How many; all of them when there are no more.</param>
    /// <param name="seed">Equal seeds draw equal rows.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> has no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is below 1.</exception>
    public static Matrix Sample(Matrix x, int rows = 100, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.AtLeast(rows, 1);
        if (x.RowCount == 0)
        {
            throw new ArgumentException("A background needs a row; x has none.", nameof(x));
        }

        if (x.RowCount <= rows)
        {
            return x;
        }

        int[] order = [.. Enumerable.Range(0, x.RowCount)];
        var random = new Random(seed);
        for (int i = 0; i < rows; i++)
        {
            int other = random.Next(i, order.Length);
            (order[i], order[other]) = (order[other], order[i]);
        }

        int[] drawn = order[..rows];
        Array.Sort(drawn);
        return x.Take(drawn);
    }
}
