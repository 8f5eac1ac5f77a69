namespace MlOps.Drift.Estimation;

/// <summary>One regression tree on binned columns.</summary>
internal sealed class LossTree
{
    private const int MaxDepth = 6;
    private const int SmallestLeaf = 20;

    private readonly List<Node> _nodes = [];

    private LossTree()
    {
    }

    /// <summary>A leaf has column −1. A row whose value is missing or at most the threshold goes left.</summary>
    private readonly record struct Node(int Column, double Threshold, double Value, int Left, int Right);

    private readonly record struct Split(int Column, int Bin, double Gain);

    internal static LossTree Grow(FeatureBins bins, double[] targets, Random random)
    {
        int[] rows = new int[targets.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = random.Next(rows.Length);
        }

        Array.Sort(rows); // columns are then read in order
        var tree = new LossTree();
        tree.Add(bins, targets, rows, MaxDepth);
        return tree;
    }

    internal double Predict(ReadOnlySpan<double> row)
    {
        Node node = _nodes[0];
        while (node.Column >= 0)
        {
            node = _nodes[row[node.Column] > node.Threshold ? node.Right : node.Left]; // false for NaN: left
        }

        return node.Value;
    }

    private int Add(FeatureBins bins, double[] targets, Span<int> rows, int depth)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            sum += targets[row];
        }

        int index = _nodes.Count;
        _nodes.Add(new Node(-1, 0, sum / rows.Length, 0, 0));
        Split best = depth == 0 || rows.Length < 2 * SmallestLeaf ? default : Best(bins, targets, rows, sum);
        if (best.Gain > 0)
        {
            int left = Partition(bins.Bins[best.Column], rows, best.Bin);
            double threshold = best.Bin == 0 ? double.NegativeInfinity : bins.Edges[best.Column][best.Bin - 1];
            int leftNode = Add(bins, targets, rows[..left], depth - 1);
            int rightNode = Add(bins, targets, rows[left..], depth - 1);
            _nodes[index] = new Node(best.Column, threshold, 0, leftNode, rightNode);
        }

        return index;
    }

    private static Split Best(FeatureBins bins, double[] targets, ReadOnlySpan<int> rows, double sum)
    {
        Span<double> sums = stackalloc double[FeatureBins.MostBins];
        Span<int> counts = stackalloc int[FeatureBins.MostBins];
        Split best = default;
        for (int c = 0; c < bins.Bins.Length; c++)
        {
            sums.Clear();
            counts.Clear();
            byte[] column = bins.Bins[c];
            foreach (int row in rows)
            {
                sums[column[row]] += targets[row];
                counts[column[row]]++;
            }

            double leftSum = 0;
            int left = 0;
            for (int b = 0; b <= bins.Edges[c].Length; b++)
            {
                leftSum += sums[b];
                left += counts[b];
                int right = rows.Length - left;
                if (left < SmallestLeaf || right < SmallestLeaf)
                {
                    continue;
                }

                double rightSum = sum - leftSum;
                double gain = (leftSum * leftSum / left) + (rightSum * rightSum / right) - (sum * sum / rows.Length);
                best = gain > best.Gain ? new Split(c, b, gain) : best;
            }
        }

        return best;
    }

    /// <summary>Moves the rows of the left side to the front and returns their number.</summary>
    private static int Partition(byte[] column, Span<int> rows, int bin)
    {
        int left = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (column[rows[i]] <= bin)
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        return left;
    }
}
