using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>The nodes between a feature map and the scores of an ONNX graph, and the way back through them: ONNX Runtime itself knows no slopes.</summary>
internal sealed class OnnxTail
{
    private readonly OnnxFile _file;
    private readonly List<OnnxStep> _steps; // from the feature map to the scores
    private readonly string _input;

    private OnnxTail(OnnxFile file, string input, List<OnnxStep> steps) => (_file, _input, _steps) = (file, input, steps);

    /// <summary>Gets the name of the scores, before a softmax or sigmoid.</summary>
    internal string Scores => _steps[^1].Output;

    /// <summary>Gets the name of the feature map.</summary>
    internal string Map => _steps[0].Input;

    /// <summary>Follows the scores back to a feature map.</summary>
    /// <param name="file">The model.</param>
    /// <param name="map">Name of the feature map; what the last convolution makes when null.</param>
    /// <param name="scores">Name of the scores; found from the outputs when null.</param>
    internal static OnnxTail Of(OnnxFile file, string? map, string? scores)
    {
        OnnxGraph graph = file.Graph;
        string start = map ?? OnnxMaps.LastConvolution(graph);
        var steps = new List<OnnxStep>();
        for (string value = scores ?? OnnxMaps.Scores(graph); value != start;)
        {
            OnnxNode node = graph.Producer(value)
                ?? throw new ArgumentException($"The way back from the scores ends at '{value}' without meeting '{start}'.", nameof(map));
            OnnxStep step = OnnxStep.Of(graph, node);
            steps.Insert(0, step);
            value = step.Input;
        }

        return steps.Count > 0
            ? new OnnxTail(file, OnnxMaps.Input(graph), steps)
            : throw new ArgumentException($"'{start}' is the scores themselves; a feature map lies before them.", nameof(map));
    }

    /// <summary>Runs the model and carries the slope of each picture's target back to the feature map.</summary>
    /// <param name="images">n pictures.</param>
    /// <param name="targets">A class for each; the one with the largest score when null.</param>
    /// <param name="argument">What the caller calls the classes.</param>
    internal (int[] Targets, double[] Scores, Tensor Activations, Tensor Gradient) Gradient(Tensor images, IReadOnlyList<int>? targets, string argument)
    {
        IReadOnlyDictionary<string, OnnxTensor> values = OnnxMaps.Run(_file, _input, images, [_steps[0].Input, .. _steps.Select(step => step.Output)]);
        float[] outputs = values[Scores].ToFloats();
        int classes = outputs.Length / images.Count;
        int[] chosen = targets is null ? Largest(outputs, classes) : [.. targets];
        if (chosen.Length != images.Count)
        {
            throw new ArgumentException($"{images.Count} pictures need one class each; got {chosen.Length}.", argument);
        }

        var gradient = new float[outputs.Length];
        var scores = new double[images.Count];
        for (int i = 0; i < chosen.Length; i++)
        {
            if ((uint)chosen[i] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(argument, chosen[i], $"The model has the classes 0 to {classes - 1}; there is no class {chosen[i]}.");
            }

            gradient[(i * classes) + chosen[i]] = 1;
            scores[i] = outputs[(i * classes) + chosen[i]];
        }

        for (int k = _steps.Count - 1; k >= 0; k--)
        {
            OnnxTensor x = values[_steps[k].Input];
            OnnxTensor y = values[_steps[k].Output];
            gradient = _steps[k].Back(new OnnxPass([.. x.Dims], x.ToFloats(), [.. y.Dims], y.ToFloats(), gradient));
        }

        Tensor activations = OnnxMaps.Tensor(values[Map], Map);
        return (chosen, scores, activations, new Tensor(images.Count, activations.Shape, gradient));
    }

    private static int[] Largest(float[] outputs, int classes)
    {
        var largest = new int[outputs.Length / classes];
        for (int i = 0; i < outputs.Length; i++)
        {
            int row = i / classes;
            largest[row] = outputs[i] > outputs[(row * classes) + largest[row]] ? i % classes : largest[row];
        }

        return largest;
    }
}
