using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Pruning;

public static partial class StructuredPruning
{
    /// <summary>Removes filters of Conv and ConvTranspose and neurons of Gemm and MatMul from an ONNX file, with all that belongs to them: biases, normalisation, depthwise filters, the inputs of who reads them.</summary>
    /// <param name="file">It stays as it is. ONNX Runtime must be able to run it: shapes are found by a run.</param>
    /// <param name="options">How much and where; half of the units of every node when null. Layers are named as their nodes.</param>
    /// <param name="norm">How the weights of a unit become the number it is judged by.</param>
    /// <param name="inputs">A tensor for every input, for the run; made up when null.</param>
    /// <remarks>
    /// Nodes whose outputs are added (as in residual networks) lose the same units: they are judged together, by the sum of their norms. Inputs and outputs of the model stay as they are.
    /// Units stay, with the reason in <see cref="PrunedModel.Kept"/>, where something reads them that is not known to treat each alone: concatenation, attention, layer normalisation,
    /// grouped convolution, branches, or the model's output.
    /// </remarks>
    /// <exception cref="OnnxException">No unit can go, values are in other files, the model is quantized or damaged, a weight is no finite number, or ONNX Runtime cannot run the model.</exception>
    /// <exception cref="ArgumentException">There is no node of a name that the options use.</exception>
    public static PrunedModel Shrink(OnnxFile file, PruningOptions? options = null, UnitNorm norm = UnitNorm.L1, IReadOnlyDictionary<string, OnnxTensor>? inputs = null)
    {
        const int Rows = 2; // with 1 row, batch and other axes of 1 could not be told apart
        options ??= new PruningOptions();
        ModelPruning.CheckDoor(file);
        IReadOnlyDictionary<string, OnnxTensor> fed = inputs ?? ExampleInputs.Of(file, Rows).Inputs;
        OnnxFile copy = ModelPruning.Tidied(file, fed);
        OnnxGraph graph = copy.Graph;
        var kept = new List<KeptNode>();
        List<NodeWeight> weights = NodeWeight.Of(graph, kept);
        options.Check([.. weights.Select(weight => weight.Name)]);
        var tracker = new ChannelTracker(graph, ValueShapes.Of(copy, fed));

        var chosen = new List<ChannelGroup>();
        foreach (ChannelGroup group in tracker.Groups)
        {
            string[] names = [.. ProducersOf(group).Select(cut => cut.Node.Label)];
            string? reason = names.Any(options.Exclude.Contains) ? "it is excluded"
                : group.Reason ?? (group.Channels == 1 ? "it has one unit" : group.Cuts.All(cut => cut.Role != ChannelRole.Consumer) ? "nothing with weights reads its units" : null);
            if (reason is null)
            {
                chosen.Add(group);
            }
            else
            {
                kept.AddRange(ProducersOf(group).Select(cut => NodeWeight.Left(cut.Node, reason)));
            }
        }

        HashSet<OnnxNode> tracked = [.. tracker.Groups.SelectMany(ProducersOf).Select(cut => cut.Node)];
        kept.AddRange(weights.Where(weight => !tracked.Contains(weight.Node) && !IsDepthwise(chosen, weight.Node)).Select(weight => NodeWeight.Left(weight.Node, "its units are in groups of equal size, or are tied to others of fixed number")));
        if (chosen.Count == 0)
        {
            throw new OnnxException($"No unit can go. {string.Join("; ", kept.Select(node => $"{node.Node}: {node.Reason}"))}.");
        }

        double[][] scores = [.. chosen.Select(group => Scores(graph, group, norm))];
        int[][] stay = options.Scope == PruningScope.Global
            ? UnitSelection.KeepAmong(scores, options.Amount)
            : [.. chosen.Zip(scores, (group, own) => UnitSelection.Keep(own, SmallestMagnitudes.Count(AmountOf(group, options), own.Length)))];
        new DeadUnits(copy, fed).Fold(chosen, scores, stay);
        for (int i = 0; i < chosen.Count; i++)
        {
            if (stay[i].Length < chosen[i].Channels)
            {
                ChannelCutter.Keep(graph, chosen[i], stay[i]);
                Forget(graph, tracker.ValuesOf(chosen[i]));
            }
        }

        graph.RemoveUnused();
        ValueShapes.Of(copy, fed); // it loads and runs, or this says why not
        return PrunedModel.Of(file, copy, "structured", weights.ToDictionary(weight => weight.Name, weight => weight.Tensor.ElementCount), kept);
    }

    private static IEnumerable<ChannelCut> ProducersOf(ChannelGroup group) => group.Cuts.Where(cut => cut.Role == ChannelRole.Producer);

    private static bool IsDepthwise(IEnumerable<ChannelGroup> groups, OnnxNode node) => groups.Any(group => group.Cuts.Any(cut => cut.Node == node && cut.Role == ChannelRole.Passage && cut.Input == 1));

    /// <summary>Of nodes tied together the smallest share that one of them is to lose.</summary>
    private static double AmountOf(ChannelGroup group, PruningOptions options) => ProducersOf(group).Min(cut => options.AmountOf(cut.Node.Label));

    /// <summary>The norm of each unit's incoming weights, over all nodes that make it.</summary>
    private static double[] Scores(OnnxGraph graph, ChannelGroup group, UnitNorm norm)
    {
        var sums = new double[group.Channels];
        foreach (ChannelCut cut in ProducersOf(group))
        {
            OnnxTensor tensor = NodeWeight.Constant(graph, cut.Node.Input[cut.Input])!;
            int inner = 1;
            for (int i = cut.Axis + 1; i < tensor.Dims.Count; i++)
            {
                inner *= (int)tensor.Dims[i];
            }

            float[] values = tensor.ToFloats();
            for (int i = 0; i < values.Length; i++)
            {
                sums[i / inner % sums.Length] += norm == UnitNorm.L1 ? Math.Abs(values[i]) : (double)values[i] * values[i];
            }
        }

        return norm == UnitNorm.L1 ? sums : Array.ConvertAll(sums, Math.Sqrt);
    }

    /// <summary>Takes out what the file said about the shapes of values that are narrower now; ONNX Runtime finds it out.</summary>
    private static void Forget(OnnxGraph graph, IEnumerable<string> values)
    {
        HashSet<string> names = [.. values];
        foreach (OnnxValue value in graph.ValueInfo.Where(value => names.Contains(value.Name)).ToList())
        {
            graph.ValueInfo.Remove(value);
        }
    }
}
