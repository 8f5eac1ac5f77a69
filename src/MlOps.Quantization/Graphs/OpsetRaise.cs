using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Rewrites a model for a newer version of the operator set, where that changes nothing that it computes.</summary>
/// <remarks>
/// Scales for each channel in QuantizeLinear need version 13, DynamicQuantizeLinear needs 11. Most operators mean the same in all versions from 7 to 17; those whose
/// attributes became inputs or whose defaults changed are rewritten, also in nested graphs. An operator of another domain, and functions, keep their own version.
/// <para>Source: the change log of the ONNX operators, versions 7 to 17.</para>
/// </remarks>
public static class OpsetRaise
{
    /// <summary>The oldest version that models can be raised from: before it, operators broadcast by attributes.</summary>
    public const long Oldest = 7;

    /// <summary>The newest version that models can be raised to.</summary>
    public const long Newest = 17;

    /// <summary>Gets the version of the standard operators that a model imports; 0 if it imports none.</summary>
    /// <param name="file">The model.</param>
    public static long VersionOf(OnnxFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Import(file)?.Version ?? 0;
    }

    /// <summary>Returns a model for a version of the operator set at least as new as the one asked for.</summary>
    /// <param name="file">The model; it is not changed.</param>
    /// <param name="version">The oldest version that will do, <see cref="Oldest"/> to <see cref="Newest"/>.</param>
    /// <returns>The raised copy; an unchanged copy if the model is new enough, or imports no standard operators.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="version"/> is out of that range.</exception>
    /// <exception cref="OnnxException">The model is older than <see cref="Oldest"/>, or has a node that means something else in the newer version; the message says which step would fix it.</exception>
    public static OnnxFile To(OnnxFile file, long version)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, Oldest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, Newest);
        OnnxFile raised = file.Clone();
        if (Import(raised) is not { } import || import.Version >= version)
        {
            return raised;
        }

        if (import.Version < Oldest)
        {
            throw new OnnxException(FormattableString.Invariant($"The model uses version {import.Version} of the operator set; models from version {Oldest} on can be raised. {Export(version)}"));
        }

        Raise(raised.Graph, raised.Graph, import.Version, version);
        import.Version = version;
        raised.IrVersion = Math.Max(raised.IrVersion, 7); // the format that came with version 12 of the operators
        return raised;
    }

    private static OnnxOperatorSet? Import(OnnxFile file) => file.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx");

    private static string Export(long version) => FormattableString.Invariant($"Export it again with a newer one (PyTorch: opset_version={version}; skl2onnx: target_opset={version}).");

    private static void Raise(OnnxGraph root, OnnxGraph graph, long from, long to)
    {
        foreach (OnnxNode node in graph.Node.ToArray())
        {
            foreach (OnnxGraph nested in CompressionCheck.Nested(node))
            {
                Raise(root, nested, from, to);
            }

            if (node.Domain is "" or "ai.onnx")
            {
                Raise(new OpsetRaiseNode(root, graph, node), from, to);
            }
        }
    }

    private static void Raise(OpsetRaiseNode at, long from, long to)
    {
        bool Passes(long change) => from < change && to >= change;
        switch (at.Node.OpType)
        {
            case "BatchNormalization" when Passes(9) && at.Node.GetInt("spatial", 1) == 0:
                throw at.Refused("normalizes each point by itself (spatial = 0), which newer versions cannot", Export(to));
            case "BatchNormalization" when Passes(14) && at.Node.Output.Skip(1).Any(output => output.Length > 0):
                throw at.Refused("gives out running means, as in training", "Export the model in evaluation mode.");
            case "BatchNormalization" when Passes(9):
                at.Drop("spatial");
                break;
            case "Clip" when Passes(11):
                at.FloatToInput("min");
                at.FloatToInput("max");
                at.TrimInputs();
                break;
            case "Dropout" when Passes(12):
                at.Drop("ratio"); // of no effect outside training
                break;
            case "Squeeze" or "Unsqueeze" or "ReduceSum" when Passes(13):
                at.IntsToInput("axes");
                break;
            case "Split" when Passes(13):
                at.IntsToInput("split");
                break;
            case "Softmax" or "LogSoftmax" or "Hardmax" when Passes(13):
                at.KeepSoftmaxFlat();
                break;
            case "Pad" when Passes(11):
                at.IntsToInput("pads");
                at.FloatToInput("value");
                at.TrimInputs();
                break;
            case "Slice" when Passes(10):
                at.IntsToInput("starts");
                at.IntsToInput("ends");
                at.IntsToInput("axes");
                break;
            case "TopK" when Passes(10):
                at.IntToInput("k");
                break;
            case "Upsample" when Passes(10):
                at.UpsampleToResize(to);
                break;
            case "Resize" when Passes(11):
                at.AddRegionToResize();
                break;
            case "Scatter" when Passes(11):
                at.Node.OpType = "ScatterElements";
                break;
            case "RoiAlign" when Passes(16):
                at.Node.Set(OnnxAttribute.Of("coordinate_transformation_mode", "output_half_pixel"));
                break;
            case "Scan" when Passes(9):
                throw at.Refused("has a batch of its own, which newer versions do not know", Export(to));
            default:
                break;
        }
    }
}
