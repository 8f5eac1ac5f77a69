using MlOps.Onnx;
using MlOps.Quantization.Calibration;
using MlOps.Quantization.Rewriting;

namespace MlOps.Quantization;

/// <summary>Static INT8: weights and activations become 8-bit codes whose scales are fixed beforehand, from example rows.</summary>
/// <remarks>
/// The result is in QDQ form: QuantizeLinear and DequantizeLinear stand around nodes of the ONNX standard, so that any runtime computes the right values, and ONNX Runtime puts its integer kernels in their place when it
/// loads the file. Conv, Gemm and MatMul with constant weights are quantized wherever they stand; Add, Mul, Concat, pools, LeakyRelu, Sigmoid and nodes that only move values are quantized between them; look-up tables and large
/// constants are stored in 8 bits. Inputs and outputs stay float. A bias is stored as int32 in steps of <c>sₓ · s_w</c>. Everything else stays float and is listed with a reason.
/// <para>Source: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", CVPR 2018.</para>
/// </remarks>
public static class StaticQuantization
{
    private const double CalibrationShare = 0.9;

    /// <summary>Quantizes a model.</summary>
    /// <param name="file">A float model; it is not changed.</param>
    /// <param name="data">Rows like those that the model will see; a hundred to a few hundred do. Labels are not used.</param>
    /// <param name="options">What to quantize and how; the defaults when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>The new model. It may be as large as the old one if nothing in it can be quantized: <see cref="QuantizedModel.Quantized"/> is empty then.</returns>
    /// <exception cref="ArgumentException">There are no rows; an excluded node is not there; the types do not go together.</exception>
    /// <exception cref="OnnxException">
    /// The model is damaged, quantized already, keeps its values in other files or is of an operator set that cannot be raised (the message says which step would help); a weight is NaN or infinite, or a value on a batch is NaN (the message names it); or ONNX Runtime does not run it.
    /// </exception>
    public static QuantizedModel Quantize(OnnxFile file, ModelData data, StaticOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new StaticOptions();
        options.Check();
        Preparation ready = Preparation.Of(file, options.ExcludedNodes, data.Batches.Count > 0 ? data.Batches[0] : throw new ArgumentException("Calibration needs example rows; there is none.", nameof(data)));
        var view = new GraphView(ready.File);
        var plan = new StaticPlan(view, options);
        CalibrationRanges ranges = Calibrator.Ranges(ready.File, data, Roots(plan), options.Calibration, ProgressPart.Of(progress, 0, CalibrationShare), cancellationToken);
        QuantizedModel model = Write(ready, view, plan, options, ranges);
        progress?.Report(1);
        return (model with { Notices = [.. ready.Notices, .. ranges.Notices, .. model.Notices] }).WithSizeNotice();
    }

    /// <summary>The values whose ranges a plan needs.</summary>
    internal static IReadOnlyCollection<string> Roots(StaticPlan plan) => [.. plan.Values.Select(plan.Root).Distinct()];

    /// <summary>Carries a plan out on a copy that is free to change.</summary>
    internal static QuantizedModel Write(Preparation ready, GraphView view, StaticPlan plan, StaticOptions options, CalibrationRanges ranges)
    {
        IReadOnlyList<string> quantized = plan.Quantized();
        var writer = new StaticWriter(view, plan, options, ranges);
        writer.Write();
        return new QuantizedModel(ready.File, "static", ready.BytesBefore, quantized, plan.Kept) { Notices = writer.Constants.Notices, Changes = ready.Changes };
    }
}
