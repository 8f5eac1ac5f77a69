using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Explain;
using MlOps.Explain.Shapley;
using MlOps.Learning;
using MlOps.Learning.Trees;
using MlOps.Onnx;

namespace MlOps.Bench;

/// <summary>Tree SHAP, ours and XGBoost's, of the same trees on the same rows in one run.</summary>
public static class TreeShapBench
{
    private const int Columns = 20;
    private const int TrainRows = 20_000;
    private const int Trees = 100;
    private const int BackgroundRows = 100;
    private const int InteractionRows = 50;
    private const int Repeats = 5;

    /// <summary>Arguments: <c>[rows = 1000] [depth = 8] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the values differ by more than single precision explains.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        int depth = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8;
        string python = args.Length > 2 ? args[2] : "/usr/bin/python3";
        (Matrix x, int[] classes) = Make(TrainRows + rows);
        Matrix train = x.Take([.. Enumerable.Range(0, TrainRows)]);
        Matrix wanted = x.Take([.. Enumerable.Range(TrainRows, rows)]);
        Matrix background = train.Take([.. Enumerable.Range(0, BackgroundRows)]);

        (JsonElement peer, double[] theirs) = RunPeer(python, x, classes, rows, depth);
        OnnxFile file = File(peer);
        TreeShap same = TreeShap.Of(file);
        (double path, Explanations found) = Best(() => same.Explain(wanted));
        (double made, _) = Best(() => TreeShap.Of(file));
        TreeShap withBackground = TreeShap.Of(file, background: background);
        (double interventional, _) = Best(() => withBackground.Explain(wanted));
        Matrix few = wanted.Take([.. Enumerable.Range(0, Math.Min(rows, InteractionRows))]);
        (double pairs, _) = Best(() => same.Interactions(few));
        double one = OneThread(() => same.Explain(wanted));

        double two = peer.GetProperty("two").GetDouble();
        double theirOne = peer.GetProperty("one").GetDouble();
        double theirPairs = peer.GetProperty("interactions").GetDouble();
        double deviation = Enumerable.Range(0, rows * Columns).Max(i => Math.Abs(theirs[(i / Columns * (Columns + 1)) + (i % Columns)] - found.Amounts.Values[i]));
        double residual = Enumerable.Range(0, rows).Max(i => Math.Abs(found[i].Residual));
        int leaves = peer.GetProperty("trees").EnumerateArray().Sum(tree => tree.EnumerateArray().Count(node => node[0].GetInt32() < 0));
        Print($"Tree SHAP, {Trees} trees of depth {depth}, {leaves} leaves, {rows} rows × {Columns}, the same trees, {Environment.ProcessorCount} cores");
        Print($"  XGBoost {peer.GetProperty("xgboost").GetString()} pred_contribs, two threads      {two,8:0.000} s");
        Print($"  MlOps.Explain, path-dependent, all cores       {path,8:0.000} s   {two / path,6:0.0} × XGBoost; {made:0.000} s before, to read the trees");
        Print($"  XGBoost, one thread                            {theirOne,8:0.000} s");
        Print($"  MlOps.Explain, one thread                      {one,8:0.000} s   {theirOne / one,6:0.0} × XGBoost");
        Print($"  MlOps.Explain, interventional, {BackgroundRows} rows        {interventional,8:0.000} s   (XGBoost 1.7 has none)");
        Print($"  interactions of {few.RowCount} rows: XGBoost {theirPairs,8:0.000} s, MlOps.Explain {pairs,8:0.000} s   {theirPairs / pairs,6:0.0} ×");
        Print($"  largest deviation from XGBoost (single precision there) {deviation:0.0e+0}; largest residual of ours {residual:0.0e+0}");
        string name = $"XGBoost {peer.GetProperty("xgboost").GetString()}";
        Ratios.Time($"tree SHAP, {rows} rows, {Trees} trees", path, two, $"{name}, two threads");
        Ratios.Time("the same, one thread", one, theirOne, name);
        Ratios.Time($"interactions of {few.RowCount} rows", pairs, theirPairs, name);

        GradientBoostingClassifierModel model = new GradientBoostingClassifier(rounds: Trees, maxLeaves: 1 << depth, maxDepth: depth).Fit(train, new Labels(classes[..TrainRows], ["0", "1"]));
        TreeShap ours = TreeShap.Of(model);
        (double own, _) = Best(() => ours.Explain(wanted));
        Print($"  our own gradient boosting, {Trees} trees of depth ≤ {depth}, {model.Trees.Sum(tree => tree.LeafCount)} leaves: {own:0.000} s");
        return deviation < 1e-4 && residual < 1e-9 ? 0 : 1;
    }

    private static OnnxFile File(JsonElement peer)
    {
        var all = peer.GetProperty("trees").EnumerateArray().SelectMany((tree, t) => tree.EnumerateArray().Select((node, i) => (Tree: (long)t, Id: (long)i, Node: node))).ToList();
        var leaves = all.Where(one => one.Node[0].GetInt32() < 0).ToList();
        var graph = new GraphBuilder("xgboost");
        string x = graph.Input("x", OnnxElementType.Float, Columns);
        string y = graph.Add(
            GraphBuilder.MachineLearning,
            "TreeEnsembleRegressor",
            [x],
            1,
            OnnxAttribute.Of("n_targets", 1),
            OnnxAttribute.Of("nodes_treeids", all.Select(one => one.Tree)),
            OnnxAttribute.Of("nodes_nodeids", all.Select(one => one.Id)),
            OnnxAttribute.Of("nodes_featureids", all.Select(one => Math.Max(0L, one.Node[0].GetInt64()))),
            OnnxAttribute.Of("nodes_values", all.Select(one => one.Node[1].GetSingle())),
            OnnxAttribute.Of("nodes_hitrates", all.Select(one => one.Node[4].GetSingle())),
            OnnxAttribute.Of("nodes_modes", all.Select(one => one.Node[0].GetInt32() < 0 ? "LEAF" : "BRANCH_LT")),
            OnnxAttribute.Of("nodes_truenodeids", all.Select(one => Math.Max(0L, one.Node[2].GetInt64()))),
            OnnxAttribute.Of("nodes_falsenodeids", all.Select(one => Math.Max(0L, one.Node[3].GetInt64()))),
            OnnxAttribute.Of("target_treeids", leaves.Select(one => one.Tree)),
            OnnxAttribute.Of("target_nodeids", leaves.Select(one => one.Id)),
            OnnxAttribute.Of("target_ids", leaves.Select(_ => 0L)),
            OnnxAttribute.Of("target_weights", leaves.Select(one => one.Node[1].GetSingle())))[0];
        return graph.Output("y", y, OnnxElementType.Float, 1).Build();
    }

    /// <summary>Normal features in single precision; the class depends on eight of them, with bends, products and chance.</summary>
    private static (Matrix X, int[] Classes) Make(int rows)
    {
        var random = new Random(1);
        double[] values = new double[rows * Columns];
        int[] classes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = values.AsSpan(i * Columns, Columns);
            for (int j = 0; j < Columns; j++)
            {
                row[j] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            }

            double logit = row[0] + (0.7 * row[1]) - (0.5 * row[2]) + (row[3] * row[4]) + Math.Sin(2 * row[5]) + (0.5 * row[6] * row[6]) - (row[7] > 0.5 ? 1 : 0);
            classes[i] = random.NextDouble() < 1 / (1 + Math.Exp(-1.5 * logit)) ? 1 : 0;
        }

        return (new Matrix(rows, Columns, values), classes);
    }

    private static (double Seconds, T Result) Best<T>(Func<T> run)
    {
        double best = double.PositiveInfinity;
        T result = run(); // compiled before it is timed
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            result = run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, result);
    }

    /// <summary>The parallel loops inside see one processor: a scheduler of one thread runs them.</summary>
    private static double OneThread(Func<Explanations> run)
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler;
        return Task.Factory.StartNew(() => Best(run).Seconds, CancellationToken.None, TaskCreationOptions.None, scheduler).GetAwaiter().GetResult();
    }

    private static (JsonElement Peer, double[] Contributions) RunPeer(string python, Matrix x, int[] classes, int rows, int depth)
    {
        string folder = Directory.CreateTempSubdirectory("treeshap-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            string contributions = Path.Combine(folder, "contributions.bin");
            using (FileStream stream = System.IO.File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes(x.Values));
                stream.Write(MemoryMarshal.AsBytes<double>(Array.ConvertAll(classes, code => (double)code)));
            }

            JsonElement peer = Peer.Run(python, "treeshap", data, TrainRows, rows, Columns, Trees, depth, Repeats, contributions, Math.Min(rows, InteractionRows));
            return (peer, MemoryMarshal.Cast<byte, double>(System.IO.File.ReadAllBytes(contributions)).ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
