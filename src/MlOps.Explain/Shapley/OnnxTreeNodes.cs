using MlOps.Onnx;

namespace MlOps.Explain.Shapley;

/// <summary>The trees in a node of ai.onnx.ml, whichever operator it is.</summary>
internal static class OnnxTreeNodes
{
    private static readonly string[] s_modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ", "BRANCH_MEMBER"];
    private static readonly BranchMode[] s_meanings = [BranchMode.AtMost, BranchMode.Below, BranchMode.AtLeast, BranchMode.Above, BranchMode.Equal, BranchMode.Unequal, BranchMode.Member];

    /// <summary>Reads TreeEnsembleClassifier and TreeEnsembleRegressor: one entry a node, and a list of votes.</summary>
    /// <param name="node">The node of the graph.</param>
    /// <param name="votes">What its votes are called: <c>class</c> or <c>target</c>.</param>
    /// <param name="factor">By how much the votes for an output count.</param>
    /// <exception cref="OnnxException">The lists do not fit together, or do not make trees.</exception>
    internal static IReadOnlyList<Branch[]> Read(OnnxNode node, string votes, Func<long, double> factor)
    {
        IReadOnlyList<long> trees = node.GetInts("nodes_treeids");
        IReadOnlyList<long> ids = node.GetInts("nodes_nodeids");
        IReadOnlyList<long> features = node.GetInts("nodes_featureids");
        IReadOnlyList<long> whenTrue = node.GetInts("nodes_truenodeids");
        IReadOnlyList<long> whenFalse = node.GetInts("nodes_falsenodeids");
        IReadOnlyList<long> missing = node.GetInts("nodes_missing_value_tracks_true");
        IReadOnlyList<string> modes = node.GetTexts("nodes_modes");
        double[] thresholds = Numbers(node, "nodes_values");
        double[] cover = Numbers(node, "nodes_hitrates");
        SameLength(node, trees.Count, ids.Count, features.Count, whenTrue.Count, whenFalse.Count, modes.Count, thresholds.Length);
        var places = new Dictionary<(long Tree, long Node), int>();
        for (int i = 0; i < ids.Count; i++)
        {
            if (!places.TryAdd((trees[i], ids[i]), i))
            {
                throw new OnnxException($"{node.Title}: tree {trees[i]} has two nodes {ids[i]}.");
            }
        }

        double[] values = Votes(node, votes, places, factor);
        int Place(int of, long id) => places.TryGetValue((trees[of], id), out int place) ? place : throw new OnnxException($"{node.Title}: tree {trees[of]} has no node {id}, which node {ids[of]} goes on to.");
        Branch At(int i) => modes[i] == "LEAF"
            ? Branch.LeafOf(values[i], cover.Length > i ? cover[i] : 0)
            : Inner(node, features[i], Array.IndexOf(s_modes, modes[i]), thresholds[i], missing.Count > i && missing[i] != 0, Place(i, whenTrue[i]), Place(i, whenFalse[i]), cover.Length > i ? cover[i] : 0, null);

        var isChild = new bool[ids.Count];
        for (int i = 0; i < ids.Count; i++)
        {
            if (modes[i] != "LEAF")
            {
                isChild[Place(i, whenTrue[i])] = true;
                isChild[Place(i, whenFalse[i])] = true;
            }
        }

        int[] roots = [.. Enumerable.Range(0, ids.Count).Where(i => !isChild[i])];
        return roots.Select(root => trees[root]).Distinct().Count() == roots.Length && roots.Length == trees.Distinct().Count()
            ? Collect(node, roots, At)
            : throw new OnnxException($"{node.Title}: every tree needs one root, a node that no other goes on to; there are {roots.Length} roots in {trees.Distinct().Count()} trees.");
    }

    /// <summary>Reads TreeEnsemble (ai.onnx.ml 5): inner nodes and leaves apart, and sets of members.</summary>
    /// <param name="node">The node of the graph.</param>
    /// <param name="factor">By how much the leaves of an output count.</param>
    /// <exception cref="OnnxException">The lists do not fit together, or do not make trees.</exception>
    internal static IReadOnlyList<Branch[]> ReadSplit(OnnxNode node, Func<long, double> factor)
    {
        IReadOnlyList<long> features = node.GetInts("nodes_featureids");
        IReadOnlyList<long> whenTrue = node.GetInts("nodes_truenodeids");
        IReadOnlyList<long> whenFalse = node.GetInts("nodes_falsenodeids");
        IReadOnlyList<long> trueIsLeaf = node.GetInts("nodes_trueleafs");
        IReadOnlyList<long> falseIsLeaf = node.GetInts("nodes_falseleafs");
        IReadOnlyList<long> missing = node.GetInts("nodes_missing_value_tracks_true");
        IReadOnlyList<long> targets = node.GetInts("leaf_targetids");
        long[] modes = node.GetTensor("nodes_modes").ToLongs();
        double[] thresholds = node.GetTensor("nodes_splits").ToDoubles();
        double[] weights = node.GetTensor("leaf_weights").ToDoubles();
        SameLength(node, features.Count, whenTrue.Count, whenFalse.Count, trueIsLeaf.Count, falseIsLeaf.Count, modes.Length, thresholds.Length);
        SameLength(node, targets.Count, weights.Length);
        double[][] members = Members(node, modes);

        int Place(long id, bool isLeaf) => id >= 0 && id < (isLeaf ? weights.Length : features.Count)
            ? (int)(isLeaf ? ~id : id)
            : throw new OnnxException($"{node.Title}: there is no {(isLeaf ? "leaf" : "node")} {id}, which a node goes on to.");
        Branch At(int i) => i < 0
            ? Branch.LeafOf(weights[~i] * factor(targets[~i]), 0) // it has no place for the cases of a leaf
            : Inner(node, features[i], (int)modes[i], thresholds[i], missing.Count > i && missing[i] != 0, Place(whenTrue[i], trueIsLeaf[i] != 0), Place(whenFalse[i], falseIsLeaf[i] != 0), 0, members[i]);
        return Collect(node, [.. node.GetInts("tree_roots").Select(root => Place(root, false))], At);
    }

    /// <summary>Whether every node was reached by as many training cases as its children together: many exporters write 1 everywhere.</summary>
    internal static bool HaveCover(IReadOnlyList<Branch[]> trees)
    {
        const double SinglePrecision = 1e-4; // of sums of many weights
        return trees.All(tree => (tree[0].Feature == Branch.Leaf || tree[0].Cover > 0) && Array.TrueForAll(tree, node => AddsUp(tree, node)));

        static bool AddsUp(Branch[] tree, Branch node) =>
            node.Feature == Branch.Leaf
            || (tree[node.True].Cover >= 0 && tree[node.False].Cover >= 0 && Math.Abs(tree[node.True].Cover + tree[node.False].Cover - node.Cover) <= SinglePrecision * node.Cover);
    }

    /// <summary>Numbers in a list, or in a tensor of the same name with <c>_as_tensor</c>; none where there is neither.</summary>
    internal static double[] Numbers(OnnxNode node, string name) =>
        node.Has(name + "_as_tensor") ? node.GetTensor(name + "_as_tensor").ToDoubles() : [.. node.GetFloats(name).Select(value => (double)value)];

    private static double[] Votes(OnnxNode node, string votes, Dictionary<(long Tree, long Node), int> places, Func<long, double> factor)
    {
        IReadOnlyList<long> trees = node.GetInts($"{votes}_treeids");
        IReadOnlyList<long> ids = node.GetInts($"{votes}_nodeids");
        IReadOnlyList<long> outputs = node.GetInts($"{votes}_ids");
        double[] weights = Numbers(node, $"{votes}_weights");
        SameLength(node, trees.Count, ids.Count, outputs.Count, weights.Length);
        var values = new double[places.Count];
        for (int v = 0; v < weights.Length; v++)
        {
            int place = places.TryGetValue((trees[v], ids[v]), out int found) ? found : throw new OnnxException($"{node.Title}: a vote belongs to node {ids[v]} of tree {trees[v]}, which is not there.");
            values[place] += weights[v] * factor(outputs[v]);
        }

        return values;
    }

    private static double[][] Members(OnnxNode node, long[] modes)
    {
        double[] values = node.Has("membership_values") ? node.GetTensor("membership_values").ToDoubles() : [];
        var members = new double[modes.Length][];
        int next = 0;
        for (int i = 0; i < modes.Length; i++)
        {
            if (modes[i] != (long)BranchMode.Member)
            {
                continue;
            }

            int end = Array.FindIndex(values, next, double.IsNaN); // a NaN ends each set
            members[i] = end >= 0 ? values[next..end] : throw new OnnxException($"{node.Title}: membership_values has no set for node {i}.");
            next = end + 1;
        }

        return members;
    }

    private static Branch Inner(OnnxNode node, long feature, int mode, double threshold, bool missingIsTrue, int whenTrue, int whenFalse, double cover, double[]? members)
    {
        if (feature is < 0 or > int.MaxValue || mode < 0 || mode >= s_meanings.Length || (s_meanings[mode] == BranchMode.Member && members is null))
        {
            throw new OnnxException($"{node.Title}: a node asks for feature {feature} in a mode that is none of {string.Join(", ", s_modes)}.");
        }

        BranchMode meaning = s_meanings[mode];
        if (double.IsNaN(threshold) && meaning != BranchMode.Member)
        {
            throw new OnnxException($"{node.Title}: a node compares feature {feature} with NaN.");
        }

        return new Branch((int)feature, meaning, threshold, missingIsTrue || meaning == BranchMode.Unequal, whenTrue, whenFalse, cover, 0, members); // NaN ≠ t is true
    }

    /// <summary>Puts the nodes of each tree in a list of its own, the root first.</summary>
    private static List<Branch[]> Collect(OnnxNode node, int[] roots, Func<int, Branch> read)
    {
        var seen = new HashSet<int>();
        var trees = new List<Branch[]>(roots.Length);
        foreach (int root in roots)
        {
            var tree = new List<Branch> { read(root) };
            seen.Add(root);
            for (int i = 0; i < tree.Count; i++)
            {
                Branch parent = tree[i];
                if (parent.Feature == Branch.Leaf)
                {
                    continue;
                }

                foreach (int child in (ReadOnlySpan<int>)[parent.True, parent.False])
                {
                    if (child >= 0 && !seen.Add(child))
                    {
                        throw new OnnxException($"{node.Title}: two ways lead to one node, so this is no tree.");
                    }

                    tree.Add(read(child));
                }

                tree[i] = parent with { True = tree.Count - 2, False = tree.Count - 1 };
            }

            trees.Add([.. tree]);
        }

        return trees;
    }

    private static void SameLength(OnnxNode node, params ReadOnlySpan<int> lengths)
    {
        foreach (int length in lengths)
        {
            if (length != lengths[0])
            {
                throw new OnnxException($"{node.Title}: lists that belong together have {string.Join(", ", lengths.ToArray().Distinct())} entries.");
            }
        }
    }
}
