namespace MlOps.Learning.Trees;

/// <summary>Grows one tree after another, depth first. Not thread-safe: a thread has its own.</summary>
internal abstract class TreeGrower<TCriterion>(TCriterion criterion, int featureCount, GrowthLimits limits)
    where TCriterion : struct, ICriterion
{
    private readonly int[] _features = new int[featureCount];
    private readonly double[] _total = new double[criterion.Width];
    private readonly double[] _value = new double[criterion.OutputCount];

    /// <summary>The best split of a node so far.</summary>
    protected struct Candidate
    {
        internal int Feature;
        internal float Threshold;
        internal int Bin;
        internal double Cost;
    }

    private readonly record struct OpenNode(int Start, int End, int Depth, int Parent, bool IsLeft);

    protected TCriterion Criterion => criterion;

    protected int FeatureCount => featureCount;

    protected int MinSamplesLeaf => limits.MinSamplesLeaf;

    /// <summary>The cases, those of one node side by side.</summary>
    protected Case[] Cases { get; private set; } = [];

    /// <summary>Grows a tree on the cases, which are put into another order.</summary>
    /// <param name="cases">At least one.</param>
    /// <param name="random">Draws the features a node may ask for; not used if it may ask for all.</param>
    /// <param name="alpha">How hard to prune; 0 not at all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal Tree Grow(Case[] cases, Random random, double alpha = 0, CancellationToken cancellationToken = default)
    {
        Cases = cases;
        Begin();
        var builder = new TreeBuilder(criterion.OutputCount);
        double totalWeight = 0;
        for (int f = 0; f < featureCount; f++)
        {
            _features[f] = f;
        }

        var open = new Stack<OpenNode>([new OpenNode(0, cases.Length, 0, -1, false)]);
        while (open.TryPop(out OpenNode node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(_total);
            foreach (Case one in Cases.AsSpan(node.Start, node.End - node.Start))
            {
                criterion.Add(_total, one.Target, one.Weight);
            }

            double weight = criterion.Weight(_total);
            totalWeight = node.Parent < 0 ? weight : totalWeight;
            criterion.Predict(_total, _value);
            int number = builder.Add(weight, _value);
            if (node.Parent >= 0)
            {
                builder.SetChild(node.Parent, node.IsLeft, number);
            }

            int count = node.End - node.Start;
            if (node.Depth >= limits.MaxDepth || count < limits.MinSamplesSplit || count / 2 < limits.MinSamplesLeaf || criterion.IsPure(_total))
            {
                continue;
            }

            Candidate best = FindSplit(node, random);
            double gain = Math.Max(0, criterion.Cost(_total) - best.Cost); // below 0 by rounding only
            if (double.IsPositiveInfinity(best.Cost) || gain < limits.MinImpurityDecrease * totalWeight)
            {
                continue;
            }

            int middle = Partition(best, node.Start, node.End);
            builder.Split(number, best.Feature, best.Threshold, missingGoesLeft: false, gain);
            open.Push(new OpenNode(middle, node.End, node.Depth + 1, number, false));
            open.Push(new OpenNode(node.Start, middle, node.Depth + 1, number, true));
        }

        return builder.Build(alpha);
    }

    /// <summary>Prepares for new <see cref="Cases"/>.</summary>
    protected abstract void Begin();

    /// <summary>Replaces the candidate by the best split of a feature where that is better.</summary>
    /// <returns>Whether the feature varies in the node.</returns>
    protected abstract bool TrySplit(int feature, int start, int end, ReadOnlySpan<double> total, ref Candidate best);

    /// <summary>Puts the cases that go left first, otherwise in the order they were, and returns where the right ones begin.</summary>
    protected abstract int Partition(in Candidate split, int start, int end);

    private Candidate FindSplit(OpenNode node, Random random)
    {
        var best = new Candidate { Cost = double.PositiveInfinity };
        bool all = limits.MaxFeatures >= featureCount;
        int tried = 0;
        for (int i = 0; i < featureCount && tried < limits.MaxFeatures; i++)
        {
            if (!all)
            {
                int drawn = random.Next(i, featureCount);
                (_features[i], _features[drawn]) = (_features[drawn], _features[i]);
            }

            tried += TrySplit(_features[i], node.Start, node.End, _total, ref best) ? 1 : 0;
        }

        return best;
    }
}
