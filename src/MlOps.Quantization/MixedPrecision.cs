using System.Globalization;
using System.Text;
using MlOps.Onnx;
using MlOps.Quantization.Rewriting;

namespace MlOps.Quantization;

/// <summary>A model in 8 bits but for the layers that bear them worst.</summary>
/// <param name="Model">The first trial that holds the budget; if none does, the best of all: there is always one.</param>
/// <param name="Chosen">What was measured of it.</param>
/// <param name="Trials">Every step, from all layers in 8 bits on.</param>
/// <param name="Sensitivity">The order in which layers were taken out.</param>
/// <param name="FloatAccuracy">Accuracy of the float model, in [0, 1]; null without labels.</param>
public sealed record MixedPrecision(QuantizedModel Model, MixedPrecisionTrial Chosen, IReadOnlyList<MixedPrecisionTrial> Trials, LayerSensitivity Sensitivity, double? FloatAccuracy)
{
    private const double SensitivityShare = 0.5;

    /// <summary>Gets a value indicating whether the chosen model holds the budget.</summary>
    public bool Holds => Chosen.Holds;

    /// <summary>Takes layers back into float, the most sensitive first, until the budget holds; every step is measured.</summary>
    /// <param name="file">A float model; it is not changed.</param>
    /// <param name="calibration">Rows that the ranges come from.</param>
    /// <param name="budget">What is asked for.</param>
    /// <param name="options">As for <see cref="StaticQuantization"/>; the defaults when null. Excluded nodes stay float in every trial.</param>
    /// <param name="test">Rows to measure on, with labels for a limit on accuracy, if possible others than those; the calibration rows when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <remarks>Greedy: the order is that of <see cref="LayerSensitivity"/>, measured once; a smaller set of layers may exist that holds the budget too. At most one trial more than there are layers.</remarks>
    /// <exception cref="ArgumentException">As for <see cref="StaticQuantization.Quantize"/>; the budget asks for nothing, or for accuracy without labels; the model does not classify.</exception>
    /// <exception cref="OnnxException">As for <see cref="StaticQuantization.Quantize"/>.</exception>
    public static MixedPrecision Choose(
        OnnxFile file, ModelData calibration, PrecisionBudget budget, StaticOptions? options = null, ModelData? test = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(budget);
        var trials = new StaticTrials(file, calibration, options ?? new StaticOptions(), test ?? calibration, null, cancellationToken);
        if (budget.Flaw(trials.Reference.Classes is not null, trials.Accuracy is not null) is { } flaw)
        {
            throw new ArgumentException(flaw, nameof(budget));
        }

        LayerSensitivity sensitivity = LayerSensitivity.Of(trials, ProgressPart.Of(progress, 0, SensitivityShare), cancellationToken);
        var trail = new List<MixedPrecisionTrial>();
        QuantizedModel? best = null;
        MixedPrecisionTrial? chosen = null;
        for (int kept = 0; kept <= sensitivity.Nodes.Count && chosen?.Holds != true; kept++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string[] names = [.. sensitivity.Nodes.Take(kept).Select(node => node.Node)];
            (QuantizedModel model, TrialMeasurement measured) = trials.Try(names, null, cancellationToken);
            double agreement = measured.Agreement!.Value; // the model classifies
            var trial = new MixedPrecisionTrial(names, model.BytesAfter, agreement, measured.Accuracy, measured.SignalToNoise, budget.Holds(agreement, measured.Accuracy, trials.Accuracy));
            trail.Add(trial);
            if (chosen is null || IsBetter(trial, chosen))
            {
                (best, chosen) = (model, trial);
            }

            progress?.Report(SensitivityShare + ((1 - SensitivityShare) * (kept + 1) / (sensitivity.Nodes.Count + 1)));
        }

        progress?.Report(1);
        return new MixedPrecision(best!, chosen!, trail, sensitivity, trials.Accuracy);
    }

    /// <summary>Returns the trail as an aligned table, and what was chosen.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        TableText.Write(text, ["left in float", "size", "agreement %", "accuracy %", "dB", "budget"], [.. Trials.Select(trial => (string[])
        [
            trial.Kept.Count == 0 ? "nothing" : $"+ {trial.Kept[^1]}", TableText.Bytes(trial.Bytes), TableText.Percent(trial.Agreement), TableText.Percent(trial.Accuracy), LayerSensitivity.Decibel(trial.SignalToNoise), trial.Holds ? "holds" : "missed",
        ])]);
        return text.Append(CultureInfo.InvariantCulture, $"{(Holds ? "The budget holds" : "No trial holds the budget; the best is kept")}: {Chosen.Kept.Count} of {Sensitivity.Nodes.Count} layers in float.").ToString();
    }

    /// <summary>Returns how a notebook shows it: the trail.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    private static bool IsBetter(MixedPrecisionTrial trial, MixedPrecisionTrial than) =>
        trial.Holds != than.Holds ? trial.Holds
        : trial.Accuracy != than.Accuracy ? trial.Accuracy > than.Accuracy
        : trial.Agreement > than.Agreement;
}
