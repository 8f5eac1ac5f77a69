using MlOps.Onnx;
using MlOps.Quantization;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.Graphs;

namespace MlOps.Cli;

/// <summary>What a model with fewer bits says beside the original.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="MadeUp">Whether they were made up, for there was no data.</param>
/// <param name="Agreement">Share of rows with the same class; null if the model gives numbers.</param>
/// <param name="LargestDifference">Largest difference of a number; null if it gives classes only.</param>
/// <param name="AccuracyBefore">Share of rows that the original gets right; null if the truth is not known as the model's classes.</param>
/// <param name="AccuracyAfter">The same of the new model.</param>
internal sealed record QuantizeComparison(int Rows, bool MadeUp, double? Agreement, double? LargestDifference, double? AccuracyBefore, double? AccuracyAfter)
{
    private const int MadeUpRows = 64;

    internal static QuantizeComparison Of(OnnxFile before, OnnxFile after, ModelData? data, CancellationToken cancellation)
    {
        ModelData rows = data ?? MadeUpData(before);
        using var old = OnnxModel.Open(before);
        using var young = OnnxModel.Open(after);
        ModelAnswers said = ModelAnswers.Of(old, rows, cancellationToken: cancellation);
        ModelAnswers says = ModelAnswers.Of(young, rows, said.ClassNames, cancellationToken: cancellation);
        AnswerComparison comparison = AnswerComparison.Of(said, says);
        bool truth = rows.Labels is { } labels && said.Classes?.Count == rows.RowCount && labels.Intersect(said.ClassNames ?? said.Classes).Any();
        return new QuantizeComparison(rows.RowCount, data is null, comparison.Agreement, comparison.LargestDifference, truth ? said.Accuracy(rows.Labels!) : null, truth ? says.Accuracy(rows.Labels!) : null);
    }

    private static ModelData MadeUpData(OnnxFile file)
    {
        IReadOnlyDictionary<string, OnnxTensor> inputs = ExampleInputs.Of(file, MadeUpRows).Inputs;
        return new ModelData([inputs], inputs.Values.First().Dims is [var rows, ..] ? (int)rows : 1); // a fixed batch has its own number
    }
}
