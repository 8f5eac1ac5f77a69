using System.Globalization;
using System.Text;

namespace MlOps.Learning.Trees;

/// <summary>Writes a tree as nested conditions.</summary>
internal static class TreeText
{
    /// <summary>One line a node; <paramref name="leaf"/> puts the values of a leaf into words.</summary>
    internal static string Of(Tree tree, IReadOnlyList<string> featureNames, Func<ReadOnlyMemory<double>, string> leaf)
    {
        var text = new StringBuilder();
        double[] values = tree.Values.ToArray();
        Write(0, 0);
        return text.ToString();

        void Write(int node, int depth)
        {
            if (tree.Features[node] == Tree.Leaf)
            {
                Line(depth, $"{leaf(values.AsMemory(node * tree.OutputCount, tree.OutputCount))} ({tree.Cover[node]:0.###} cases)");
                return;
            }

            string missing = tree.MissingGoesLeft[node] ? " or missing" : "";
            Line(depth, $"if {featureNames[tree.Features[node]]} ≤ {tree.Thresholds[node]:G6}{missing}");
            Write(tree.Left[node], depth + 1);
            Line(depth, $"else");
            Write(tree.Right[node], depth + 1);
        }

        void Line(int depth, FormattableString line) => text.Append(' ', 4 * depth).Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    internal static string Classes(ReadOnlySpan<double> shares, IReadOnlyList<string> classes)
    {
        int best = 0;
        for (int c = 1; c < shares.Length; c++)
        {
            best = shares[c] > shares[best] ? c : best;
        }

        return FormattableString.Invariant($"{classes[best]} {shares[best]:P0}");
    }
}
