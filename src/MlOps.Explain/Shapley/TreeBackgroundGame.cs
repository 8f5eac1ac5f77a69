using System.Numerics;

namespace MlOps.Explain.Shapley;

/// <summary>The rows of a background, as the bits they have on every way: equal bits once, with their share of the rows.</summary>
internal sealed class BackgroundMasks
{
    private readonly (long Mask, double Share)[][] _perPath;

    internal BackgroundMasks(DecisionPaths paths, double[] columns, int rows)
    {
        _perPath = new (long, double)[paths.Count][];
        Parallel.For(0, paths.TreeCount, tree =>
        {
            var masks = new long[rows];
            for (int path = paths.FirstOf(tree); path < paths.FirstOf(tree + 1); path++)
            {
                paths.Masks(path, columns, rows, masks);
                Array.Sort(masks);
                _perPath[path] = Distinct(masks);
            }
        });
    }

    internal ReadOnlySpan<(long Mask, double Share)> this[int path] => _perPath[path];

    /// <summary>The share of the rows that come to the leaf.</summary>
    internal double Reaching(int path, int length) =>
        _perPath[path][^1] is var (mask, share) && mask == DecisionPaths.Full(length) ? share : 0; // the largest mask is the last

    private static (long Mask, double Share)[] Distinct(long[] sorted)
    {
        var distinct = new List<(long, double)>();
        for (int start = 0, end = 0; start < sorted.Length; start = end)
        {
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            distinct.Add((sorted[start], (end - start) / (double)sorted.Length));
        }

        return [.. distinct];
    }
}

/// <summary>Interventional tree SHAP: a feature that is not known takes the value of a background row, whatever the others are.</summary>
/// <remarks>
/// A background row and the explained row come to a leaf together, one part of the features from each, only if every feature of the way stays on it
/// for one of the two. Of the features for which just one stays, M belong to the explained row and K to the background; each of the M gets
/// <c>+v (M − 1)! K! / (M + K)!</c>, each of the K <c>−v M! (K − 1)! / (M + K)!</c>; the mean over the background counts.
/// <para>Source: S. Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine Intelligence 2 (2020), supplement.</para>
/// </remarks>
internal sealed class TreeBackgroundGame(DecisionPaths paths, BackgroundMasks background) : IPathGame
{
    private static readonly double[,] s_weights = Weights();

    private int _path;
    private int _length;
    private double _value;

    public void Enter(int path) => (_path, _length, _value) = (path, paths.Features(path).Length, paths.Value(path));

    public void Amounts(long mask, Span<double> amounts)
    {
        long full = DecisionPaths.Full(_length);
        long leaves = full & ~mask;
        int others = BitOperations.PopCount((ulong)leaves);
        double unknown = 0;
        amounts[.._length].Clear();
        foreach ((long theirs, double share) in background[_path])
        {
            long mine = mask & ~theirs;
            if ((mask | theirs) != full || (mine | leaves) == 0)
            {
                continue; // never at this leaf, or always
            }

            int own = BitOperations.PopCount((ulong)mine);
            unknown -= share * s_weights[others, own];
            double known = share * s_weights[own, others];
            for (long rest = mine; rest != 0; rest &= rest - 1)
            {
                amounts[BitOperations.TrailingZeroCount(rest)] += known;
            }
        }

        for (int j = 0; j < _length; j++)
        {
            amounts[j] = _value * ((leaves >> j & 1) != 0 ? unknown : amounts[j]);
        }
    }

    /// <summary>[M, K]: (M − 1)! K! / (M + K)! = 1 / (M · C(M + K, M)); 0 for M = 0, where nobody is paid.</summary>
    private static double[,] Weights()
    {
        var weights = new double[DecisionPaths.MostFeatures + 1, DecisionPaths.MostFeatures + 1];
        for (int k = 0; k <= DecisionPaths.MostFeatures; k++)
        {
            double weight = 1.0 / (k + 1); // M = 1
            for (int m = 1; m + k <= DecisionPaths.MostFeatures; m++)
            {
                weights[m, k] = weight;
                weight *= m / (double)(m + k + 1);
            }
        }

        return weights;
    }
}
