using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Explain.Shapley;

/// <summary>Trees as the ways to their leaves. Immutable.</summary>
/// <remarks>
/// A way is its different features, each with the values that stay on it: a feature that is asked for more than once counts once. Leaves that add
/// nothing are left out. One bit a feature says whether a row stays on the way; a row comes to the leaf where all bits are set.
/// <para>Source: R. Mitchell, E. Frank, G. Holmes, "GPUTreeShap: massively parallel exact calculation of SHAP scores for tree ensembles", PeerJ CS (2022).</para>
/// </remarks>
internal sealed class DecisionPaths
{
    /// <summary>As many features as a way can have: one bit of a number each.</summary>
    internal const int MostFeatures = 63;

    private readonly List<int> _treeStarts = [0];
    private readonly List<int> _starts = [0];
    private readonly List<double> _values = [];
    private readonly List<int> _features = [];
    private readonly List<ValueRange> _ranges = [];
    private readonly List<double> _shares = [];

    /// <summary>Takes trees apart.</summary>
    /// <param name="trees">Nodes of each; node 0 is the root.</param>
    /// <param name="single">Whether values are compared in single precision.</param>
    /// <exception cref="NotSupportedException">A way has more than <see cref="MostFeatures"/> features.</exception>
    internal DecisionPaths(IReadOnlyList<Branch[]> trees, bool single)
    {
        IsSingle = single;
        var way = new List<(int Feature, ValueRange Range, double Share)>();
        foreach (Branch[] tree in trees)
        {
            Walk(tree, 0, way);
            _treeStarts.Add(_values.Count);
        }
    }

    internal bool IsSingle { get; }

    internal int TreeCount => _treeStarts.Count - 1;

    internal int Count => _values.Count;

    /// <summary>The first way of a tree; that of the tree after the last is their number.</summary>
    internal int FirstOf(int tree) => _treeStarts[tree];

    internal double Value(int path) => _values[path];

    internal ReadOnlySpan<int> Features(int path) => CollectionsMarshal.AsSpan(_features)[_starts[path].._starts[path + 1]];

    /// <summary>For each feature, the share of the training cases that stay on the way where they come to a node that asks for it.</summary>
    internal ReadOnlySpan<double> Shares(int path) => CollectionsMarshal.AsSpan(_shares)[_starts[path].._starts[path + 1]];

    internal static long Full(int length) => (1L << length) - 1;

    /// <summary>The bits of rows whose values lie column by column.</summary>
    /// <param name="path">Which way.</param>
    /// <param name="columns">d columns of <paramref name="stride"/> values, rounded to single precision where that is compared.</param>
    /// <param name="stride">Rows from one column to the next.</param>
    /// <param name="masks">Takes the bits of as many rows as it has.</param>
    internal void Masks(int path, ReadOnlySpan<double> columns, int stride, Span<long> masks)
    {
        masks.Clear();
        ReadOnlySpan<int> features = Features(path);
        ReadOnlySpan<ValueRange> ranges = CollectionsMarshal.AsSpan(_ranges)[_starts[path].._starts[path + 1]];
        for (int j = 0; j < features.Length; j++)
        {
            ReadOnlySpan<double> column = columns.Slice(features[j] * stride, masks.Length);
            AddBit(column, ranges[j], 1L << j, masks);
        }
    }

    /// <summary>The bits of one row, its values as in <see cref="Masks"/>.</summary>
    internal long Mask(int path, ReadOnlySpan<double> row)
    {
        long mask = 0;
        for (int j = _starts[path]; j < _starts[path + 1]; j++)
        {
            mask |= _ranges[j].Contains(row[_features[j]]) ? 1L << (j - _starts[path]) : 0;
        }

        return mask;
    }

    private static void AddBit(ReadOnlySpan<double> column, in ValueRange range, long bit, Span<long> masks)
    {
        int i = 0;
        if (range.Sets is null)
        {
            var low = new Vector<double>(range.Low);
            var high = new Vector<double>(range.High);
            var bits = new Vector<long>(bit);
            var missing = new Vector<long>(range.Missing ? bit : 0);
            for (; i <= column.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var value = new Vector<double>(column[i..]);
                Vector<long> stays = Vector.GreaterThan(value, low) & Vector.LessThanOrEqual(value, high) & bits;
                Vector<long> isNumber = Vector.Equals(value, value);
                Span<long> target = masks[i..];
                (new Vector<long>(target) | stays | Vector.AndNot(missing, isNumber)).CopyTo(target);
            }
        }

        for (; i < column.Length; i++)
        {
            masks[i] |= range.Contains(column[i]) ? bit : 0;
        }
    }

    private void Walk(Branch[] tree, int at, List<(int Feature, ValueRange Range, double Share)> way)
    {
        ref readonly Branch node = ref tree[at];
        if (node.Feature == Branch.Leaf)
        {
            Add(node.Value, way);
            return;
        }

        double cover = tree[node.True].Cover + tree[node.False].Cover;
        Follow(tree, node, true, cover, way);
        Follow(tree, node, false, cover, way);
    }

    /// <summary>Below a node that no training case has reached, both children count the same.</summary>
    private void Follow(Branch[] tree, in Branch node, bool answer, double cover, List<(int Feature, ValueRange Range, double Share)> way)
    {
        int child = answer ? node.True : node.False;
        double share = cover > 0 ? tree[child].Cover / cover : 0.5;
        int feature = node.Feature;
        int place = way.FindIndex(step => step.Feature == feature);
        if (place < 0)
        {
            way.Add((feature, ValueRange.All.Narrow(node, answer, IsSingle), share));
            Walk(tree, child, way);
            way.RemoveAt(way.Count - 1);
            return;
        }

        (int Feature, ValueRange Range, double Share) before = way[place];
        way[place] = (feature, before.Range.Narrow(node, answer, IsSingle), before.Share * share);
        Walk(tree, child, way);
        way[place] = before;
    }

    private void Add(double value, List<(int Feature, ValueRange Range, double Share)> way)
    {
        if (value == 0)
        {
            return;
        }

        if (way.Count > MostFeatures)
        {
            throw new NotSupportedException($"A tree asks for {way.Count} different features on the way to one leaf; tree SHAP takes up to {MostFeatures}. Kernel SHAP explains the model as a function.");
        }

        foreach ((int feature, ValueRange range, double share) in way)
        {
            _features.Add(feature);
            _ranges.Add(range);
            _shares.Add(share);
        }

        _starts.Add(_features.Count);
        _values.Add(value);
    }
}
