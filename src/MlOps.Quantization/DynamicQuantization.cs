using MlOps.Onnx;
using MlOps.Quantization.Rewriting;

namespace MlOps.Quantization;

/// <summary>Dynamic INT8: weights become 8-bit codes; the scale of an activation is computed anew at every run, so that no example rows are needed.</summary>
/// <remarks>
/// A MatMul becomes DynamicQuantizeLinear + MatMulInteger + Cast + Mul, a Gemm the same with an Add, which ONNX Runtime merges into one DynamicQuantizeMatMul. Look-up tables are stored in 8 bits. Finding the range of an activation costs a
/// pass over it; <see cref="StaticQuantization"/> saves that, and also quantizes what stands between the products. Per run there is one scale for a whole batch: a row's result depends a little on its neighbours.
/// </remarks>
public static class DynamicQuantization
{
    /// <summary>Quantizes a model.</summary>
    /// <param name="file">A float model; it is not changed.</param>
    /// <param name="options">How; the defaults when null.</param>
    /// <returns>The new model. It may be as large as the old one if nothing in it can be quantized: <see cref="QuantizedModel.Quantized"/> is empty then.</returns>
    /// <exception cref="ArgumentException">An excluded node is not there, or a type is not of 8 bits.</exception>
    /// <exception cref="OnnxException">The model is damaged, quantized already, keeps its values in other files or is of an operator set that cannot be raised (the message says which step would help); a weight is NaN or infinite; or ONNX Runtime does not load it.</exception>
    public static QuantizedModel Quantize(OnnxFile file, DynamicOptions? options = null)
    {
        options ??= new DynamicOptions();
        options.Check();
        Preparation ready = Preparation.Of(file, options.ExcludedNodes, null);
        var view = new GraphView(ready.File);
        var plan = new DynamicPlan(view, options);
        IReadOnlyList<string> quantized = [.. view.Graph.Node.Where(plan.Changes).Select(node => node.Label)];
        var writer = new DynamicWriter(view, plan, options);
        writer.Write();
        return new QuantizedModel(ready.File, "dynamic", ready.BytesBefore, quantized, plan.Kept) { Notices = [.. ready.Notices, .. writer.Constants.Notices], Changes = ready.Changes }.WithSizeNotice();
    }
}
