using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization;

/// <summary>A model after a step of a pipeline.</summary>
/// <param name="Step">The step; <c>original</c> for the model before the first.</param>
/// <param name="File">The model.</param>
/// <param name="Bytes">Size of its file.</param>
/// <param name="Parameters">Numbers in its constants; scales and zero points count too.</param>
/// <param name="Agreement">Share of test rows with the original's class, in [0, 1]; null if not measured, or if the model gives numbers.</param>
/// <param name="Accuracy">Share of test rows with the right class; null if not measured or nobody knows the labels.</param>
/// <param name="LargestDifference">Largest difference of an output number to the original's; null if not measured.</param>
/// <param name="Kept">The nodes that the step left as they were, with the reason.</param>
public sealed record StepMeasurement(string Step, OnnxFile File, long Bytes, long Parameters, double? Agreement, double? Accuracy, double? LargestDifference, IReadOnlyList<KeptNode> Kept)
{
    internal static StepMeasurement Of(string step, OnnxFile file, IReadOnlyList<KeptNode> kept, ModelAnswers? original, ModelAnswers? answers, ModelData? test)
    {
        AnswerComparison? comparison = original is null || answers is null ? null : AnswerComparison.Of(original, answers);
        double? accuracy = test?.Labels is { } labels && answers?.Classes is not null ? answers.Accuracy(labels) : null;
        return new StepMeasurement(step, file, file.CalculateSize(), Numbers(file.Graph), comparison?.Agreement, accuracy, comparison?.LargestDifference, kept);
    }

    private static long Numbers(OnnxGraph graph) =>
        graph.Initializer.Sum(tensor => tensor.ElementCount) + graph.Node.Where(node => node.OpType == "Constant" && node.Has("value")).Sum(node => node.GetTensor("value").ElementCount);
}
