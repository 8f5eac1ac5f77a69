using MlOps.Onnx;
using MlOps.Quantization.Rewriting;

namespace MlOps.Quantization;

/// <summary>Which layers bear 8 bits badly: each is quantized alone and the model's output is compared with the float model's.</summary>
/// <param name="Nodes">Every node with weights that static quantization would take, the most sensitive first: least agreement, then least signal to noise. Ties in the order of the graph.</param>
/// <param name="Rows">Rows that were compared.</param>
/// <param name="FloatAccuracy">Accuracy of the float model on them, in [0, 1]; null without labels.</param>
/// <remarks>Errors of several layers add up and partly cancel; the list says where to begin, <see cref="MixedPrecision"/> measures what comes of it.</remarks>
public sealed partial record LayerSensitivity(IReadOnlyList<NodeSensitivity> Nodes, int Rows, double? FloatAccuracy)
{
    // Calibration of all values takes about as long as a few trials.
    private const double CalibrationShare = 0.2;

    /// <summary>Measures every layer.</summary>
    /// <param name="file">A float model; it is not changed.</param>
    /// <param name="calibration">Rows that the ranges come from.</param>
    /// <param name="options">As for <see cref="StaticQuantization"/>; the defaults when null.</param>
    /// <param name="test">Rows to compare on, if possible others than those; the calibration rows when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <remarks>One pass to calibrate all values, then one run over the test rows a layer.</remarks>
    /// <exception cref="ArgumentException">As for <see cref="StaticQuantization.Quantize"/>; or the labels are no classes of the model.</exception>
    /// <exception cref="OnnxException">As for <see cref="StaticQuantization.Quantize"/>.</exception>
    public static LayerSensitivity Measure(
        OnnxFile file, ModelData calibration, StaticOptions? options = null, ModelData? test = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        var trials = new StaticTrials(file, calibration, options ?? new StaticOptions(), test ?? calibration, ProgressPart.Of(progress, 0, CalibrationShare), cancellationToken);
        return Of(trials, ProgressPart.Of(progress, CalibrationShare, 1), cancellationToken);
    }

    internal static LayerSensitivity Of(StaticTrials trials, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var nodes = new List<NodeSensitivity>();
        foreach (OnnxNode layer in trials.Layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrialMeasurement measured = trials.Try([], StaticTrials.Only(layer), cancellationToken).Measured;
            nodes.Add(new NodeSensitivity(layer.Label, layer.OpType, trials.Weights(layer), measured.SignalToNoise, measured.Agreement, measured.Accuracy));
            progress?.Report((double)nodes.Count / trials.Layers.Count);
        }

        return new LayerSensitivity([.. nodes.OrderBy(node => node.Agreement ?? 1).ThenBy(node => node.SignalToNoise ?? double.PositiveInfinity)], trials.Reference.Rows, trials.Accuracy);
    }
}
