using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Tidies a graph before quantization or pruning: fewer nodes to keep in float, and layers that hold all of their arithmetic in weights and bias.</summary>
/// <remarks>
/// The steps run in the order of <see cref="CleanUpStep"/>, again and again until none finds anything. What the model computes stays the same but for the rounding of folded weights.
/// Nodes that stay keep their names, inputs and outputs of the graph keep theirs. Nested graphs and functions stay as they are.
/// </remarks>
public static class GraphCleanUp
{
    /// <summary>Tidies a copy of a model.</summary>
    /// <param name="file">The model, with all its values in it; it is not changed.</param>
    /// <param name="inputs">A batch to run the model on where the file leaves the number of dimensions open; made up if null, and if it fails on made-up inputs only what the file says is used.</param>
    /// <param name="steps">The steps to take; all without one.</param>
    /// <exception cref="OnnxException">The values of a constant are damaged or in another file, or ONNX Runtime cannot compute a constant part.</exception>
    public static CleanedModel Run(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor>? inputs = null, params IReadOnlyList<CleanUpStep> steps)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(steps);
        OnnxFile tidy = file.Clone();
        var shapes = new KnownShapes(file, inputs);
        CleanUpStep[] order = [.. (steps.Count > 0 ? steps : Enum.GetValues<CleanUpStep>()).Distinct().Order()];
        var changes = new List<string>();
        int before;
        do
        {
            before = changes.Count;
            foreach (CleanUpStep step in order)
            {
                changes.AddRange(Take(step, tidy, shapes));
            }
        }
        while (changes.Count > before); // each change takes a node, an input or a constant away, so this ends

        return new CleanedModel(tidy, changes);
    }

    private static IReadOnlyList<string> Take(CleanUpStep step, OnnxFile file, KnownShapes shapes) => step switch
    {
        CleanUpStep.ConstantInputs => ConstantClean.Inputs(file.Graph),
        CleanUpStep.ConstantNodes => ConstantClean.Nodes(file.Graph),
        CleanUpStep.HandingOn => HandingOnClean.Apply(file.Graph, shapes),
        CleanUpStep.Computable => ComputableClean.Apply(file),
        CleanUpStep.Affine => AffineClean.Apply(file.Graph, shapes),
        CleanUpStep.Duplicates => ConstantClean.Duplicates(file.Graph),
        CleanUpStep.Unused => ConstantClean.Unused(file.Graph),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such step."),
    };
}
