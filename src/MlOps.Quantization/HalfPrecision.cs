using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization;

/// <summary>FP16: weights and activations in 16-bit floating point, half the size.</summary>
/// <remarks>
/// A float16 has 11 significant bits, reaches ±65,504, and rounds what is below 2⁻²⁵ ≈ 3e-8 to 0. The graph is tidied first (<see cref="PreparedModel"/>), so that normalization is folded in float32.
/// These stay in float32: nodes with a constant beyond ±65,504 or a factor that would be 0, nodes whose activations go beyond it on the data given, arithmetic with the sizes of tensors, nested graphs, other domains than the standard one,
/// and operators that the standard does not define for float16. Cast nodes stand between the two. A lone constant of −1e8 and below that is added, multiplied or selected is the mark of a masked place, and becomes −65,504; an ε that is added and
/// would be 0 becomes 6e-8, the smallest float16.
/// <para>
/// Speed: processors without 16-bit arithmetic compute in float32 all the same, and ONNX Runtime puts Casts around each node; its float16 Gemm is far slower than either. Products with constant weights are
/// therefore computed in float32 (<see cref="HalfPrecisionOptions.ProductsInFloat32"/>): the Cast of the weights runs once, when the model is loaded. The gain is the size; speed comes on GPUs and ARM.
/// </para>
/// <para>Source: IEEE 754-2019, binary16; rounding is to the nearest, halves to the even number.</para>
/// </remarks>
public static class HalfPrecision
{
    /// <summary>The largest finite float16.</summary>
    public const float Largest = 65504;

    /// <summary>Converts a model.</summary>
    /// <param name="file">A float32 model with all its values in it; it is not changed.</param>
    /// <param name="options">How; the defaults when null.</param>
    /// <param name="data">Rows to run the model on: nodes whose values go beyond ±65,504 stay in float32. Without them nobody looks.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>The new model, with method <c>fp16</c>; the notices say how many weights became 0.</returns>
    /// <exception cref="ArgumentException">An excluded node is not there.</exception>
    /// <exception cref="OnnxException">The model is damaged, quantized already, keeps its values in other files or is of an operator set that cannot be raised; a weight of a layer that is not excluded is NaN or infinite; or ONNX Runtime does not load it.</exception>
    public static QuantizedModel Convert(OnnxFile file, HalfPrecisionOptions? options = null, ModelData? data = null, CancellationToken cancellationToken = default)
    {
        options ??= new HalfPrecisionOptions();
        options.Check();
        ArgumentNullException.ThrowIfNull(file);
        HashSet<string> known = new(file.Graph is null ? [] : file.Graph.Node.Select(node => node.Label), StringComparer.Ordinal);
        if (options.ExcludedNodes.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"There is no node '{unknown}' to exclude; there are {string.Join(", ", known.Take(12))}{(known.Count > 12 ? ", …" : "")}.", nameof(options));
        }

        var ready = PreparedModel.Of(file);
        var plan = HalfPrecisionPlan.Of(ready.File, options, data, cancellationToken);
        var writer = new HalfPrecisionWriter(ready.File, plan, options);
        IReadOnlyList<string> losses = writer.Write();
        ready.File.SetMetadata("mlops.verified.rows", null); // said about the float32 model
        ready.File.SetMetadata("mlops.verified.difference", null);
        return new QuantizedModel(ready.File, "fp16", file.CalculateSize(), plan.Halved, plan.Kept) { Notices = [.. ready.Notices.Select(notice => notice.Text), .. losses], Changes = ready.Changes }.WithSizeNotice();
    }
}
