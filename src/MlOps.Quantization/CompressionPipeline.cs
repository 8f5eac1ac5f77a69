using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization;

/// <summary>Steps of compression one after the other, each measured.</summary>
/// <remarks>The order is clean up, fewer numbers, fewer bits: pruning and low rank need 32-bit weights, and there is one step of precision at most, the last.</remarks>
/// <example><code>
/// var pipeline = new CompressionPipeline(CompressionStep.CleanUp(), CompressionStep.LowRank(RankChoice.Energy(0.95)), CompressionStep.StaticInt8());
/// PipelineReport report = pipeline.Run(file, calibration, test);
/// report.File.Save("edge.onnx");
/// </code></example>
public sealed class CompressionPipeline
{
    /// <summary>Puts steps together.</summary>
    /// <param name="steps">At least one, in the order they are taken.</param>
    /// <exception cref="ArgumentException">There is no step, or one stands behind a step of precision; the message says the right order.</exception>
    public CompressionPipeline(params IReadOnlyList<CompressionStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Count == 0)
        {
            throw new ArgumentException("A pipeline needs a step.", nameof(steps));
        }

        int precision = steps.ToList().FindIndex(step => step.Stage == CompressionStage.Precision);
        if (precision >= 0 && precision < steps.Count - 1)
        {
            CompressionStep next = steps[precision + 1];
            throw new ArgumentException(
                next.Stage == CompressionStage.Precision
                    ? $"'{steps[precision].Name}' and '{next.Name}' both choose the bits of a number; keep one of them."
                    : $"'{next.Name}' needs 32-bit weights, which are gone after '{steps[precision].Name}'. The right order: {string.Join(", ", steps.OrderBy(step => step.Stage).Select(step => $"'{step.Name}'"))}.",
                nameof(steps));
        }

        Steps = [.. steps];
    }

    /// <summary>Gets the steps.</summary>
    public IReadOnlyList<CompressionStep> Steps { get; }

    /// <summary>Takes a model through all steps.</summary>
    /// <param name="file">The model; it stays as it is.</param>
    /// <param name="calibration">Example rows for the steps that need them; null if none does.</param>
    /// <param name="test">Rows to measure agreement with the model and, if they have labels, accuracy on; other rows than those of the calibration. Null measures sizes only.</param>
    /// <param name="progress">Told the share of steps that are done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two steps, and within those that can.</param>
    /// <exception cref="ArgumentException">A step needs example rows and there are none; or the test rows do not fit the model.</exception>
    /// <exception cref="OnnxException">A step refuses the model, or ONNX Runtime does not run what it made; the message names the step.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PipelineReport Run(OnnxFile file, ModelData? calibration = null, ModelData? test = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (calibration is null && Steps.FirstOrDefault(step => step.NeedsData) is { } needy)
        {
            throw new ArgumentException($"'{needy.Name}' needs example rows, a hundred or so that look like those of later use; there are none.", nameof(calibration));
        }

        ModelAnswers? original = test is null ? null : Answers(file, test, cancellationToken);
        var measured = new List<StepMeasurement> { StepMeasurement.Of("original", file, [], original, original, test) };
        OnnxFile current = file;
        for (int i = 0; i < Steps.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                StepOutcome outcome = Steps[i].Apply(current, calibration, cancellationToken);
                current = outcome.File;
                ModelAnswers? answers = test is null ? null : Answers(current, test, cancellationToken);
                measured.Add(StepMeasurement.Of(Steps[i].Name, current, outcome.Kept, original, answers, test));
            }
            catch (OnnxException e)
            {
                throw new OnnxException($"Step {i + 1}, '{Steps[i].Name}': {e.Message}", e);
            }

            progress?.Report((i + 1.0) / Steps.Count);
        }

        return new PipelineReport(measured, test?.RowCount ?? 0);
    }

    private static ModelAnswers Answers(OnnxFile file, ModelData test, CancellationToken cancellationToken)
    {
        using var model = OnnxModel.Open(file);
        return ModelAnswers.Of(model, test, null, null, cancellationToken);
    }
}
