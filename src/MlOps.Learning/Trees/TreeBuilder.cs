using System.Runtime.InteropServices;

namespace MlOps.Learning.Trees;

/// <summary>Collects nodes in any order in which a parent comes before its children, and numbers them depth first in the end.</summary>
internal sealed class TreeBuilder(int outputCount)
{
    private readonly List<Node> _nodes = [];
    private readonly List<double> _values = [];

    private struct Node
    {
        internal int Feature;
        internal float Threshold;
        internal int Left;
        internal int Right;
        internal bool MissingGoesLeft;
        internal double Cover;
        internal double Gain;
    }

    internal int Count => _nodes.Count;

    /// <summary>Adds a node, a leaf for now, and returns its number.</summary>
    internal int Add(double cover, ReadOnlySpan<double> value)
    {
        _nodes.Add(new Node { Feature = Tree.Leaf, Left = -1, Right = -1, Cover = cover });
        _values.AddRange(value);
        return _nodes.Count - 1;
    }

    /// <summary>Makes a leaf a decision. Its children must be set before <see cref="Build"/>.</summary>
    internal void Split(int node, int feature, float threshold, bool missingGoesLeft, double gain)
    {
        ref Node split = ref CollectionsMarshal.AsSpan(_nodes)[node];
        (split.Feature, split.Threshold, split.MissingGoesLeft, split.Gain) = (feature, threshold, missingGoesLeft, gain);
    }

    internal void SetChild(int parent, bool left, int child)
    {
        ref Node node = ref CollectionsMarshal.AsSpan(_nodes)[parent];
        if (left)
        {
            node.Left = child;
        }
        else
        {
            node.Right = child;
        }
    }

    /// <summary>Sets the cover of leaves, and of the nodes above them to the sum of their children.</summary>
    internal void SetCovers(IEnumerable<(int Leaf, double Cover)> covers)
    {
        Span<Node> nodes = CollectionsMarshal.AsSpan(_nodes);
        foreach ((int leaf, double cover) in covers)
        {
            nodes[leaf].Cover = cover;
        }

        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            if (nodes[i].Feature >= 0)
            {
                nodes[i].Cover = nodes[nodes[i].Left].Cover + nodes[nodes[i].Right].Cover;
            }
        }
    }

    internal void SetValue(int node, double value) => _values[node * outputCount] = value;

    /// <summary>The tree; with α &gt; 0 the smallest subtree that minimises cost + α · leaves.</summary>
    /// <remarks>
    /// Source: L. Breiman et al., "Classification and Regression Trees" (1984), chapter 3. That subtree is unique, so one pass from
    /// the leaves finds it: a split stays where what it and the splits below it gain exceeds α a split.
    /// </remarks>
    /// <param name="alpha">α ≥ 0, per unit of weight.</param>
    internal Tree Build(double alpha = 0)
    {
        Span<Node> nodes = CollectionsMarshal.AsSpan(_nodes);
        var keep = new bool[nodes.Length];
        var net = new double[nodes.Length];
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            if (nodes[i].Feature >= 0)
            {
                net[i] = (nodes[i].Gain / nodes[0].Cover) - alpha + Math.Max(0, net[nodes[i].Left]) + Math.Max(0, net[nodes[i].Right]);
                keep[i] = alpha == 0 || net[i] > 0;
            }
        }

        return Number(nodes, keep);
    }

    private Tree Number(ReadOnlySpan<Node> nodes, bool[] keep)
    {
        var order = new List<int>(nodes.Length);
        var number = new int[nodes.Length];
        var open = new Stack<int>([0]);
        while (open.TryPop(out int node))
        {
            number[node] = order.Count;
            order.Add(node);
            if (keep[node])
            {
                open.Push(nodes[node].Right);
                open.Push(nodes[node].Left);
            }
        }

        int count = order.Count;
        var features = new int[count];
        var thresholds = new float[count];
        var left = new int[count];
        var right = new int[count];
        var missingGoesLeft = new bool[count];
        var values = new double[count * outputCount];
        var cover = new double[count];
        var gains = new double[count];
        for (int i = 0; i < count; i++)
        {
            Node node = nodes[order[i]];
            bool inner = keep[order[i]];
            features[i] = inner ? node.Feature : Tree.Leaf;
            thresholds[i] = inner ? node.Threshold : 0;
            left[i] = inner ? number[node.Left] : -1;
            right[i] = inner ? number[node.Right] : -1;
            missingGoesLeft[i] = inner && node.MissingGoesLeft;
            gains[i] = inner ? node.Gain : 0;
            cover[i] = node.Cover;
            CollectionsMarshal.AsSpan(_values).Slice(order[i] * outputCount, outputCount).CopyTo(values.AsSpan(i * outputCount));
        }

        return new Tree(features, thresholds, left, right, missingGoesLeft, values, cover, gains);
    }
}
