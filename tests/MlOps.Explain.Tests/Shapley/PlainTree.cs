using System.Text.Json;
using MlOps.Onnx;

namespace MlOps.Explain.Tests.Shapley;

/// <summary>A node of a tree as a test writes it; no children in a leaf.</summary>
internal sealed record PlainNode(int Feature, double Threshold, bool Below, bool MissingIsYes, int Yes, int No, double Cover, double Value)
{
    internal bool IsLeaf => Yes < 0;

    internal bool Answer(double value) =>
        double.IsNaN(value) ? MissingIsYes : Below ? (float)value < Threshold : (float)value <= Threshold;
}

/// <summary>Trees that tests make, as ONNX and for the published algorithms, which are written here from the paper and share no code with src.</summary>
internal static class PlainTree
{
    internal static OnnxFile ToOnnx(IReadOnlyList<PlainNode[]> trees, int features, double baseValue = 0, double factor = 1)
    {
        var all = trees.SelectMany((tree, t) => tree.Select((node, i) => (Tree: (long)t, Id: (long)i, Node: node))).ToList();
        var leaves = all.Where(one => one.Node.IsLeaf).ToList();
        var graph = new GraphBuilder("trees");
        string x = graph.Input("x", OnnxElementType.Float, features);
        string y = graph.Add(
            GraphBuilder.MachineLearning,
            "TreeEnsembleRegressor",
            [x],
            1,
            OnnxAttribute.Of("n_targets", 1),
            OnnxAttribute.Of("nodes_treeids", all.Select(one => one.Tree)),
            OnnxAttribute.Of("nodes_nodeids", all.Select(one => one.Id)),
            OnnxAttribute.Of("nodes_featureids", all.Select(one => (long)Math.Max(0, one.Node.Feature))),
            OnnxAttribute.Of("nodes_values_as_tensor", OnnxTensor.Of("v", [.. all.Select(one => one.Node.Threshold)], all.Count)),
            OnnxAttribute.Of("nodes_modes", all.Select(one => one.Node.IsLeaf ? "LEAF" : one.Node.Below ? "BRANCH_LT" : "BRANCH_LEQ")),
            OnnxAttribute.Of("nodes_truenodeids", all.Select(one => (long)Math.Max(0, one.Node.Yes))),
            OnnxAttribute.Of("nodes_falsenodeids", all.Select(one => (long)Math.Max(0, one.Node.No))),
            OnnxAttribute.Of("nodes_missing_value_tracks_true", all.Select(one => one.Node.MissingIsYes ? 1L : 0)),
            OnnxAttribute.Of("nodes_hitrates_as_tensor", OnnxTensor.Of("h", [.. all.Select(one => one.Node.Cover)], all.Count)),
            OnnxAttribute.Of("target_treeids", leaves.Select(one => one.Tree)),
            OnnxAttribute.Of("target_nodeids", leaves.Select(one => one.Id)),
            OnnxAttribute.Of("target_ids", leaves.Select(_ => 0L)),
            OnnxAttribute.Of("target_weights_as_tensor", OnnxTensor.Of("w", [.. leaves.Select(one => one.Node.Value * factor)], leaves.Count)),
            OnnxAttribute.Of("base_values_as_tensor", OnnxTensor.Of("b", [baseValue], 1)))[0];
        return graph.Output("y", y, OnnxElementType.Float, 1).Build();
    }

    /// <summary>Trees as References/tree/make_tree.py writes them.</summary>
    internal static PlainNode[][] Read(JsonElement trees) =>
        [.. trees.EnumerateArray().Select(tree => tree.EnumerateArray().Select(ReadNode).ToArray())];

    /// <summary>A tree whose nodes split at random on random features, covers at random and some of them 0.</summary>
    internal static PlainNode[] Random(Random random, int features, int depth)
    {
        var nodes = new List<PlainNode>();
        Grow(random.Next(20, 100), depth);
        return [.. nodes];

        int Grow(int cover, int left)
        {
            int at = nodes.Count;
            nodes.Add(new PlainNode(-1, 0, false, false, -1, -1, cover, random.Next(-8, 9) / 4.0));
            if (left > 0 && random.Next(8) > 0)
            {
                int yes = random.Next(cover + 1);
                int whenYes = Grow(yes, left - 1);
                int whenNo = Grow(cover - yes, left - 1);
                nodes[at] = new PlainNode(random.Next(features), random.Next(4), random.Next(2) == 0, random.Next(2) == 0, whenYes, whenNo, cover, 0);
            }

            return at;
        }
    }

    /// <summary>A chain that asks for one feature after the other, so that the way to the last leaf has all of them.</summary>
    internal static PlainNode[] Chain(int features)
    {
        var nodes = new List<PlainNode>();
        for (int f = 0; f < features; f++)
        {
            nodes.Add(new PlainNode(f, 1, false, false, nodes.Count + 2, nodes.Count + 1, features - f + 1, 0));
            nodes.Add(new PlainNode(-1, 0, false, false, -1, -1, 1, f % 5));
        }

        nodes.Add(new PlainNode(-1, 0, false, false, -1, -1, 1, 100));
        return [.. nodes];
    }

    /// <summary>Algorithm 1 (EXPVALUE); both sides count the same where no case has come.</summary>
    internal static double ExpectedValue(PlainNode[] tree, double[] row, int known, int at = 0)
    {
        PlainNode node = tree[at];
        if (node.IsLeaf)
        {
            return node.Value;
        }

        if ((known >> node.Feature & 1) != 0)
        {
            return ExpectedValue(tree, row, known, node.Answer(row[node.Feature]) ? node.Yes : node.No);
        }

        double yes = node.Cover == 0 ? 0.5 : tree[node.Yes].Cover / node.Cover;
        return (yes * ExpectedValue(tree, row, known, node.Yes)) + ((1 - yes) * ExpectedValue(tree, row, known, node.No));
    }

    /// <summary>Algorithm 2 of Lundberg et al. 2020, with its EXTEND and UNWIND, in the words of the paper.</summary>
    internal static double[] AlgorithmTwo(PlainNode[] tree, double[] row)
    {
        var phi = new double[row.Length];
        Recurse(0, [], 1, 1, -1);
        return phi;

        void Recurse(int j, List<(int D, double Z, double O, double W)> m, double pz, double po, int pi)
        {
            m = Extend(m, pz, po, pi);
            PlainNode node = tree[j];
            if (node.IsLeaf)
            {
                for (int i = 1; i < m.Count; i++)
                {
                    phi[m[i].D] += Unwind(m, i).Sum(step => step.W) * (m[i].O - m[i].Z) * node.Value;
                }

                return;
            }

            (int hot, int cold) = node.Answer(row[node.Feature]) ? (node.Yes, node.No) : (node.No, node.Yes);
            (double iz, double io) = (1, 1);
            int k = m.FindIndex(1, step => step.D == node.Feature);
            if (k >= 0)
            {
                (iz, io) = (m[k].Z, m[k].O);
                m = Unwind(m, k);
            }

            Recurse(hot, m, iz * tree[hot].Cover / node.Cover, io, node.Feature);
            Recurse(cold, m, iz * tree[cold].Cover / node.Cover, 0, node.Feature);
        }

        static List<(int D, double Z, double O, double W)> Extend(List<(int D, double Z, double O, double W)> before, double pz, double po, int pi)
        {
            int l = before.Count;
            List<(int D, double Z, double O, double W)> m = [.. before, (pi, pz, po, l == 0 ? 1 : 0)];
            for (int i = l - 1; i >= 0; i--)
            {
                m[i + 1] = m[i + 1] with { W = m[i + 1].W + (po * m[i].W * (i + 1) / (l + 1)) };
                m[i] = m[i] with { W = pz * m[i].W * (l - i) / (l + 1) };
            }

            return m;
        }

        static List<(int D, double Z, double O, double W)> Unwind(List<(int D, double Z, double O, double W)> before, int i)
        {
            int l = before.Count;
            double n = before[^1].W;
            List<(int D, double Z, double O, double W)> m = [.. before[..^1]];
            for (int j = l - 2; j >= 0; j--)
            {
                if (before[i].O != 0)
                {
                    double t = m[j].W;
                    m[j] = m[j] with { W = n * l / ((j + 1) * before[i].O) };
                    n = t - (m[j].W * before[i].Z * (l - 1 - j) / l);
                }
                else
                {
                    m[j] = m[j] with { W = m[j].W * l / (before[i].Z * (l - 1 - j)) };
                }
            }

            for (int j = i; j < l - 1; j++)
            {
                m[j] = (before[j + 1].D, before[j + 1].Z, before[j + 1].O, m[j].W);
            }

            return m;
        }
    }

    private static PlainNode ReadNode(JsonElement node)
    {
        double cover = node.GetProperty("cover").GetDouble();
        if (node.TryGetProperty("leaf", out JsonElement leaf))
        {
            return new PlainNode(-1, 0, false, false, -1, -1, cover, leaf.GetDouble());
        }

        bool below = node.TryGetProperty("below", out JsonElement threshold);
        double at = below ? (float)threshold.GetDouble() : node.GetProperty("atMost").GetDouble();
        bool missing = node.TryGetProperty("missingIsTrue", out JsonElement yes) && yes.GetBoolean();
        return new PlainNode(node.GetProperty("feature").GetInt32(), at, below, missing, node.GetProperty("yes").GetInt32(), node.GetProperty("no").GetInt32(), cover, 0);
    }
}
