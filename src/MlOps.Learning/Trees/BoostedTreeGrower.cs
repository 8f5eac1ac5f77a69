using System.Runtime.Intrinsics;

namespace MlOps.Learning.Trees;

/// <summary>Grows boosted trees leaf by leaf: the split with the largest gain of all comes next. Not thread-safe.</summary>
internal sealed class BoostedTreeGrower(BinnedMatrix bins, BoostingSettings settings, ParallelOptions options)
{
    // Fewer cases than this are partitioned and counted faster than threads are woken.
    private const int ParallelFrom = 4096;

    private readonly BinGroups _groups = new(bins, options);
    private readonly Stack<Vector128<long>[]> _spare = new();
    private readonly BoostingSplit[] _leftBest = new BoostingSplit[bins.ColumnCount];
    private readonly BoostingSplit[] _rightBest = new BoostingSplit[bins.ColumnCount];
    private readonly List<Leaf> _leaves = [];
    private readonly List<(int Feature, int Bin, bool MissingGoesLeft, int Left, int Right)> _binned = [];
    private int[] _scratch = [];
    private Vector128<long>[] _ordered = [];

    /// <summary>A leaf, and the cases in it.</summary>
    internal readonly record struct Leaf(int Node, int Start, int End, float Value);

    private sealed record Open(int Node, int Start, int End, int Depth, Vector128<long> Sum)
    {
        internal Vector128<long>[]? Histograms { get; set; }

        internal BoostingSplit Best { get; set; } = BoostingSplit.None;
    }

    /// <summary>The leaves of the last tree; their cases are in the rows it was grown on.</summary>
    internal IReadOnlyList<Leaf> Leaves => _leaves;

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">The cases, which are put into another order: those of a leaf side by side.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="gradients">Of every row.</param>
    /// <param name="scale">Of the gradients.</param>
    /// <param name="allowed">The features it may ask for.</param>
    /// <param name="leafValue">Sets leaves otherwise than by a Newton step.</param>
    internal TreeBuilder Grow(int[] rows, int count, Vector128<long>[] gradients, GradientScale scale, bool[] allowed, Func<ReadOnlyMemory<int>, double>? leafValue)
    {
        var builder = new TreeBuilder(1);
        _leaves.Clear();
        _binned.Clear();
        _scratch = _scratch.Length < count ? new int[count] : _scratch;
        _ordered = _ordered.Length < count ? new Vector128<long>[count] : _ordered;
        Vector128<long> sum = Gather(rows, 0, count, gradients);
        var queue = new PriorityQueue<Open, (double, int)>();
        var root = new Open(Add(builder, sum, scale), 0, count, 0, sum);
        if (MaySplit(root, scale))
        {
            root.Histograms = Fresh();
            Search(root, null, null, allowed, rows, scale);
        }

        Enqueue(root);
        int leaves = 1;
        while (queue.TryDequeue(out Open? leaf, out _))
        {
            if (leaf.Best.Feature < 0 || leaves >= settings.MaxLeaves)
            {
                Close(leaf);
                continue;
            }

            (Open left, Open right) = Split(leaf, builder, rows, scale);
            leaves++;
            bool searchLeft = leaves < settings.MaxLeaves && MaySplit(left, scale);
            bool searchRight = leaves < settings.MaxLeaves && MaySplit(right, scale);
            if (searchLeft || searchRight)
            {
                // The smaller part is counted; the larger is what is left of the whole.
                (Open small, Open large) = left.End - left.Start <= right.End - right.Start ? (left, right) : (right, left);
                small.Histograms = Fresh();
                large.Histograms = leaf.Histograms;
                _ = Gather(rows, small.Start, small.End, gradients);
                Search(small, large, (searchLeft ? left : null, searchRight ? right : null), allowed, rows, scale);
            }
            else
            {
                _spare.Push(leaf.Histograms!);
            }

            Enqueue(left);
            Enqueue(right);
        }

        return builder;

        void Enqueue(Open leaf)
        {
            if (leaf.Best.Feature < 0)
            {
                Close(leaf);
            }
            else
            {
                queue.Enqueue(leaf, (-leaf.Best.Gain, leaf.Node));
            }
        }

        void Close(Open leaf)
        {
            double value = leafValue is null
                ? -scale.Gradient(leaf.Sum) / (scale.Hessian(leaf.Sum) + settings.L2)
                : leafValue(rows.AsMemory(leaf.Start, leaf.End - leaf.Start));
            float shrunk = double.IsFinite(value) ? (float)(value * settings.LearningRate) : 0; // 0 / 0: nothing left to correct
            builder.SetValue(leaf.Node, shrunk);
            _leaves.Add(new Leaf(leaf.Node, leaf.Start, leaf.End, shrunk));
            if (leaf.Histograms is not null)
            {
                _spare.Push(leaf.Histograms);
            }
        }
    }

    /// <summary>The leaf of the last tree that a row falls into, as a number of its builder.</summary>
    internal int Find(int row)
    {
        int node = 0;
        while (_binned[node].Feature >= 0)
        {
            (int feature, int bin, bool missingGoesLeft, int left, int right) = _binned[node];
            int value = bins.Columns[feature][row];
            node = (value == FeatureBins.Missing ? missingGoesLeft : value <= bin) ? left : right;
        }

        return node;
    }

    private bool MaySplit(Open leaf, GradientScale scale) =>
        leaf.Depth < settings.MaxDepth && scale.Count(leaf.Sum) / 2 >= settings.MinSamplesLeaf;

    private int Add(TreeBuilder builder, Vector128<long> sum, GradientScale scale)
    {
        _binned.Add((Tree.Leaf, 0, false, -1, -1));
        return builder.Add(scale.Count(sum), [0]);
    }

    private Vector128<long>[] Fresh() =>
        _spare.TryPop(out Vector128<long>[]? histograms) ? histograms : new Vector128<long>[_groups.Count * BinGroups.Size * FeatureBins.Capacity];

    private (Open Left, Open Right) Split(Open leaf, TreeBuilder builder, int[] rows, GradientScale scale)
    {
        BoostingSplit split = leaf.Best;
        int middle = Partition(split, rows.AsSpan(leaf.Start, leaf.End - leaf.Start)) + leaf.Start;
        Vector128<long> rightSum = leaf.Sum - split.Left;
        int leftNode = Add(builder, split.Left, scale);
        int rightNode = Add(builder, rightSum, scale);
        builder.Split(leaf.Node, split.Feature, split.Threshold, split.MissingGoesLeft, split.Gain);
        builder.SetChild(leaf.Node, left: true, leftNode);
        builder.SetChild(leaf.Node, left: false, rightNode);
        _binned[leaf.Node] = (split.Feature, split.Bin, split.MissingGoesLeft, leftNode, rightNode);
        return (new Open(leftNode, leaf.Start, middle, leaf.Depth + 1, split.Left), new Open(rightNode, middle, leaf.End, leaf.Depth + 1, rightSum));
    }

    private int Partition(in BoostingSplit split, Span<int> rows)
    {
        byte[] column = bins.Columns[split.Feature];
        int missing = split.MissingGoesLeft ? FeatureBins.Missing : -1;
        int left = 0;
        int right = 0;
        foreach (int row in rows)
        {
            // Both are written and one of them counts: no branch to mispredict.
            int bin = column[row];
            int goesLeft = (bin <= split.Bin ? 1 : 0) | (bin == missing ? 1 : 0);
            rows[left] = row;
            _scratch[right] = row;
            left += goesLeft;
            right += 1 - goesLeft;
        }

        _scratch.AsSpan(0, right).CopyTo(rows[left..]);
        return left;
    }

    /// <summary>Copies the gradients of a leaf, to be read in order for every group of features, and returns their sum.</summary>
    private Vector128<long> Gather(int[] rows, int start, int end, Vector128<long>[] gradients)
    {
        var sums = new Vector128<long>[(end - start + ParallelFrom - 1) / ParallelFrom];
        if (sums.Length == 1)
        {
            GatherBlock(0);
        }
        else
        {
            Parallel.For(0, sums.Length, options, GatherBlock);
        }

        Vector128<long> total = default;
        foreach (Vector128<long> sum in sums)
        {
            total += sum;
        }

        return total;

        void GatherBlock(int block)
        {
            int from = block * ParallelFrom;
            ReadOnlySpan<int> part = rows.AsSpan(start + from, Math.Min(ParallelFrom, end - start - from));
            Span<Vector128<long>> ordered = _ordered.AsSpan(from, part.Length);
            Vector128<long> sum = default;
            for (int i = 0; i < part.Length && i < ordered.Length; i++)
            {
                ordered[i] = gradients[part[i]];
                sum += ordered[i];
            }

            sums[block] = sum;
        }
    }

    /// <summary>Counts a leaf, subtracts it from the histograms of its sibling's parent, and finds the best splits.</summary>
    private void Search(Open small, Open? large, (Open? Left, Open? Right)? search, bool[] allowed, int[] rows, GradientScale scale)
    {
        (Open? first, Open? second) = search ?? (small, null);
        int count = small.End - small.Start;
        if (count < ParallelFrom)
        {
            for (int g = 0; g < _groups.Count; g++)
            {
                SearchGroup(g);
            }
        }
        else
        {
            Parallel.For(0, _groups.Count, options, SearchGroup);
        }

        if (first is not null)
        {
            first.Best = Best(_leftBest);
        }

        if (second is not null)
        {
            second.Best = Best(_rightBest);
        }

        void SearchGroup(int group)
        {
            int firstFeature = group * BinGroups.Size;
            int end = Math.Min(bins.ColumnCount, firstFeature + BinGroups.Size);
            if (allowed.AsSpan(firstFeature, end - firstFeature).Contains(true))
            {
                int from = BinGroups.Offset(firstFeature);
                int length = BinGroups.Size * FeatureBins.Capacity;
                small.Histograms.AsSpan(from, length).Clear();
                _groups.Add(group, rows.AsSpan(small.Start, count), _ordered, small.Histograms);
                if (large is not null)
                {
                    Subtract(large.Histograms.AsSpan(from, length), small.Histograms.AsSpan(from, length));
                }
            }

            for (int f = firstFeature; f < end; f++)
            {
                _leftBest[f] = Find(f, first);
                _rightBest[f] = Find(f, second);
            }
        }

        BoostingSplit Find(int feature, Open? leaf) => leaf is null || !allowed[feature]
            ? BoostingSplit.None
            : BoostingSplit.Find(
                feature,
                leaf.Histograms.AsSpan(BinGroups.Offset(feature), FeatureBins.Capacity),
                leaf.Sum,
                bins.Edges[feature],
                bins.HasMissing[feature],
                scale,
                settings.MinSamplesLeaf,
                settings.L2);
    }

    private static void Subtract(Span<Vector128<long>> whole, ReadOnlySpan<Vector128<long>> part)
    {
        for (int i = 0; i < whole.Length && i < part.Length; i++)
        {
            whole[i] -= part[i];
        }
    }

    private static BoostingSplit Best(BoostingSplit[] splits)
    {
        BoostingSplit best = BoostingSplit.None;
        foreach (BoostingSplit split in splits)
        {
            best = split.Feature >= 0 && split.Gain > best.Gain ? split : best;
        }

        return best;
    }
}
