namespace MlOps.Learning.Trees;

/// <summary>A binary tree of decisions, stored as flat arrays with one entry a node. Immutable.</summary>
/// <remarks>
/// Node 0 is the root. Nodes are numbered depth first, so a left child follows its parent at once. A case goes left where
/// <c>(float)x[Features[i]] ≤ Thresholds[i]</c>, or where the value is missing and <c>MissingGoesLeft[i]</c>; else right. Features are compared in
/// single precision, as ONNX Runtime does.
/// </remarks>
public sealed class Tree
{
    /// <summary>The feature of a leaf, which asks for none.</summary>
    public const int Leaf = -1;

    private readonly int[] _features;
    private readonly float[] _thresholds;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly bool[] _missingGoesLeft;
    private readonly double[] _values;
    private readonly double[] _cover;
    private readonly double[] _gains;

    internal Tree(int[] features, float[] thresholds, int[] left, int[] right, bool[] missingGoesLeft, double[] values, double[] cover, double[] gains)
    {
        _features = features;
        _thresholds = thresholds;
        _left = left;
        _right = right;
        _missingGoesLeft = missingGoesLeft;
        _values = values;
        _cover = cover;
        _gains = gains;
        (LeafCount, Depth) = Measure();
    }

    /// <summary>Gets the number of nodes, leaves included; at least 1.</summary>
    public int NodeCount => _features.Length;

    /// <summary>Gets the number of leaves; at least 1.</summary>
    public int LeafCount { get; }

    /// <summary>Gets the number of decisions on the longest way to a leaf; 0 if the root is one.</summary>
    public int Depth { get; }

    /// <summary>Gets how many numbers a node predicts: the classes of a classification tree, else 1.</summary>
    public int OutputCount => _values.Length / _features.Length;

    /// <summary>Gets the feature each node asks for; <see cref="Leaf"/> in a leaf.</summary>
    public ReadOnlySpan<int> Features => _features;

    /// <summary>Gets the threshold of each node; 0 in a leaf.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>Gets the left child of each node; −1 in a leaf.</summary>
    public ReadOnlySpan<int> Left => _left;

    /// <summary>Gets the right child of each node; −1 in a leaf.</summary>
    public ReadOnlySpan<int> Right => _right;

    /// <summary>Gets where a missing value goes, for each node.</summary>
    public ReadOnlySpan<bool> MissingGoesLeft => _missingGoesLeft;

    /// <summary>Gets what each node predicts, nodes × <see cref="OutputCount"/>, inner nodes too (0 there in boosted trees).</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets the sum of the weights of the training cases that came through each node.</summary>
    public ReadOnlySpan<double> Cover => _cover;

    /// <summary>Gets by how much the decision of each node lowered the loss of the training cases, summed over their weights; 0 in a leaf.</summary>
    public ReadOnlySpan<double> Gains => _gains;

    /// <summary>Returns the leaf a case falls into.</summary>
    /// <param name="row">The features; NaN is missing.</param>
    public int Find(ReadOnlySpan<float> row)
    {
        int[] features = _features;
        float[] thresholds = _thresholds;
        int[] right = _right;
        int node = 0;
        int feature = features[0];
        while (feature >= 0)
        {
            float value = row[feature];
            bool goesLeft = value <= thresholds[node] || (float.IsNaN(value) && _missingGoesLeft[node]);
            node = goesLeft ? node + 1 : right[node]; // numbered depth first: the left child is next
            feature = features[node];
        }

        return node;
    }

    /// <summary>Returns the <see cref="OutputCount"/> numbers a node predicts.</summary>
    public ReadOnlySpan<double> ValueOf(int node) => _values.AsSpan(node * OutputCount, OutputCount);

    /// <summary>Adds the gains of this tree to those of each feature.</summary>
    internal void AddGains(Span<double> perFeature)
    {
        for (int i = 0; i < _features.Length; i++)
        {
            if (_features[i] >= 0)
            {
                perFeature[_features[i]] += _gains[i];
            }
        }
    }

    private (int Leaves, int Depth) Measure()
    {
        int leaves = 0;
        int deepest = 0;
        var depth = new int[_features.Length];
        for (int i = 0; i < _features.Length; i++)
        {
            if (_features[i] < 0)
            {
                leaves++;
                deepest = Math.Max(deepest, depth[i]);
            }
            else
            {
                depth[_left[i]] = depth[i] + 1;
                depth[_right[i]] = depth[i] + 1;
            }
        }

        return (leaves, deepest);
    }
}
