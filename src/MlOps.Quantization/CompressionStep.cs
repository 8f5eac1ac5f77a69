using MlOps.Onnx;
using MlOps.Quantization.Graphs;
using MlOps.Quantization.LowRank;
using MlOps.Quantization.Pruning;

namespace MlOps.Quantization;

/// <summary>One step of a <see cref="CompressionPipeline"/>: a file in, a smaller file out.</summary>
/// <param name="Name">What tables and charts call it.</param>
/// <param name="Stage">Where in a pipeline it may stand.</param>
/// <param name="NeedsData">Whether it cannot work without example rows.</param>
/// <param name="Apply">Makes the new file and leaves the old one as it is; it gets example rows, or null if the step does without and there are none.</param>
public sealed record CompressionStep(string Name, CompressionStage Stage, bool NeedsData, Func<OnnxFile, ModelData?, CancellationToken, StepOutcome> Apply)
{
    /// <summary>Folds batch normalisation, takes out what does nothing, computes constants (<see cref="GraphCleanUp"/>).</summary>
    public static CompressionStep CleanUp() =>
        new("clean up", CompressionStage.CleanUp, false, (file, data, _) => new StepOutcome(GraphCleanUp.Run(file, data?.Batches[0]).File, []));

    /// <summary>Puts two thin matrices in place of each large one (<see cref="LowRankModel"/>).</summary>
    /// <param name="choice">Which rank.</param>
    public static CompressionStep LowRank(RankChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return new($"low rank, {choice}", CompressionStage.Structure, false, (file, _, cancellationToken) =>
        {
            var made = LowRankModel.Of(file, choice, cancellationToken);
            return new StepOutcome(made.File, made.Report.Kept);
        });
    }

    /// <summary>Takes the weakest neurons and channels out (<see cref="Pruning.StructuredPruning"/>).</summary>
    /// <param name="amount">Share of the units, above 0 and below 1.</param>
    public static CompressionStep StructuredPruning(double amount = 0.5)
    {
        var options = new PruningOptions { Amount = amount };
        return new(FormattableString.Invariant($"prune {100 * amount:0.#} % of the units"), CompressionStage.Structure, false, (file, data, _) => Outcome(Pruning.StructuredPruning.Shrink(file, options, inputs: data?.Batches[0])));
    }

    /// <summary>Sets the smallest weights to 0 (<see cref="Pruning.MagnitudePruning"/>): the file stays as large, but packs better.</summary>
    /// <param name="amount">Share of the weights, above 0 and below 1.</param>
    public static CompressionStep MagnitudePruning(double amount = 0.5)
    {
        var options = new PruningOptions { Amount = amount };
        return new(FormattableString.Invariant($"{100 * amount:0.#} % of the weights to 0"), CompressionStage.Structure, false, (file, _, _) => Outcome(Pruning.MagnitudePruning.Prune(file, options)));
    }

    /// <summary>Stores weights in 16 bits (<see cref="HalfPrecision"/>).</summary>
    /// <param name="options">As they are when null.</param>
    public static CompressionStep Fp16(HalfPrecisionOptions? options = null) =>
        new("fp16", CompressionStage.Precision, false, (file, data, cancellationToken) => Outcome(HalfPrecision.Convert(file, options, data, cancellationToken)));

    /// <summary>Quantizes weights and, with ranges from example rows, activations (<see cref="StaticQuantization"/>).</summary>
    /// <param name="options">As they are when null.</param>
    public static CompressionStep StaticInt8(StaticOptions? options = null) =>
        new("static int8", CompressionStage.Precision, true, (file, data, cancellationToken) => Outcome(StaticQuantization.Quantize(file, data!, options, null, cancellationToken)));

    /// <summary>Quantizes weights now and activations at every run (<see cref="DynamicQuantization"/>).</summary>
    /// <param name="options">As they are when null.</param>
    public static CompressionStep DynamicInt8(DynamicOptions? options = null) =>
        new("dynamic int8", CompressionStage.Precision, false, (file, _, _) => Outcome(DynamicQuantization.Quantize(file, options)));

    /// <summary>Stores the weights of matrix products in 4 bits (<see cref="WeightOnlyQuantization"/>).</summary>
    /// <param name="options">As they are when null.</param>
    public static CompressionStep Int4(WeightOnlyOptions? options = null) =>
        new("int4 weights", CompressionStage.Precision, false, (file, _, cancellationToken) => Outcome(WeightOnlyQuantization.Quantize(file, options, null, cancellationToken)));

    private static StepOutcome Outcome(QuantizedModel model) => new(model.File, model.Kept);

    private static StepOutcome Outcome(PrunedModel model) => new(model.File, model.Kept);
}
