using MlOps.Learning.Trees;

namespace MlOps.Learning.Anomaly;

/// <summary>Grows one tree of random splits.</summary>
internal sealed class IsolationGrower(float[][] columns, Random random)
{
    private readonly int[] _features = [.. Enumerable.Range(0, columns.Length)];

    private readonly record struct OpenNode(int Start, int End, int Depth, int Parent, bool IsLeft);

    /// <summary>Isolates so many rows, drawn without replacement. The value of a node is the path length of a case that ends there.</summary>
    internal Tree Grow(int sampleSize)
    {
        int[] rows = Draw(columns[0].Length, sampleSize);
        int maxDepth = (int)Math.Ceiling(Math.Log2(sampleSize));
        var builder = new TreeBuilder(1);
        var open = new Stack<OpenNode>([new OpenNode(0, rows.Length, 0, -1, false)]);
        while (open.TryPop(out OpenNode node))
        {
            int count = node.End - node.Start;
            int number = builder.Add(count, [node.Depth + IsolationForestModel.MeanPathLength(count)]);
            if (node.Parent >= 0)
            {
                builder.SetChild(node.Parent, node.IsLeft, number);
            }

            Span<int> members = rows.AsSpan(node.Start, count);
            if (count < 2 || node.Depth >= maxDepth || !TryDrawSplit(members, out int feature, out float threshold))
            {
                continue;
            }

            int middle = node.Start + Partition(members, columns[feature], threshold);
            builder.Split(number, feature, threshold, missingGoesLeft: false, gain: 0);
            open.Push(new OpenNode(middle, node.End, node.Depth + 1, number, false));
            open.Push(new OpenNode(node.Start, middle, node.Depth + 1, number, true));
        }

        return builder.Build();
    }

    private int[] Draw(int count, int wanted)
    {
        // R. Floyd's algorithm: wanted draws, whatever the count. Sorted, so that the order of the set does not matter.
        var drawn = new SortedSet<int>();
        for (int i = count - wanted; i < count; i++)
        {
            int candidate = random.Next(i + 1);
            drawn.Add(drawn.Contains(candidate) ? i : candidate);
        }

        return [.. drawn];
    }

    /// <summary>A random feature that varies in the node, and a random value between its least and its largest.</summary>
    private bool TryDrawSplit(ReadOnlySpan<int> rows, out int feature, out float threshold)
    {
        for (int i = 0; i < _features.Length; i++)
        {
            int drawn = random.Next(i, _features.Length);
            (_features[i], _features[drawn]) = (_features[drawn], _features[i]);
            feature = _features[i];
            float[] column = columns[feature];
            float least = column[rows[0]];
            float largest = least;
            foreach (int row in rows)
            {
                least = Math.Min(least, column[row]);
                largest = Math.Max(largest, column[row]);
            }

            if (least < largest)
            {
                float value = (float)(least + (random.NextDouble() * ((double)largest - least)));
                threshold = value < largest ? value : MathF.BitDecrement(largest); // rounding must not put all on the left
                return true;
            }
        }

        (feature, threshold) = (Tree.Leaf, 0);
        return false;
    }

    private static int Partition(Span<int> rows, float[] column, float threshold)
    {
        int left = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (column[rows[i]] <= threshold)
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        return left;
    }
}
