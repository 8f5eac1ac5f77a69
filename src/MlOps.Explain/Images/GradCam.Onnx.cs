using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Images;

public static partial class GradCam
{
    /// <summary>Explains the score of one picture for a model in an ONNX file, without the framework it was trained in.</summary>
    /// <remarks>
    /// ONNX Runtime computes every value between the feature map and the scores; the slopes are carried back through those nodes here. There is a way back through what usually
    /// stands there in a chain: convolutions, dense layers, activations, pooling without padding, batch normalisation; not through branches that join again. For a head of global pooling and a dense layer, at the pooled
    /// map, this is the class activation map of B. Zhou et al. (CVPR 2016).
    /// </remarks>
    /// <param name="file">The model, with one input of N × channels × height × width.</param>
    /// <param name="image">One picture.</param>
    /// <param name="map">Name of the feature map in the graph; what the last convolution makes when null.</param>
    /// <param name="target">Which class; the one with the largest score when null.</param>
    /// <param name="scores">Name of the scores before the softmax; found from the outputs <c>probabilities</c>, <c>scores</c> or <c>prediction</c> when null.</param>
    /// <exception cref="ArgumentException">There is not one picture, or it is of another size; the graph has no convolution; a node between map and scores has no way back (the message names it); or the map has not four dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such class.</exception>
    /// <exception cref="InvalidOperationException">The model's score or slope is NaN or infinite.</exception>
    /// <exception cref="OnnxException">ONNX Runtime does not run the model.</exception>
    public static AttributionMap Of(OnnxFile file, Tensor image, string? map = null, int? target = null, string? scores = null)
    {
        Pictures.CheckOne(image);
        return OfEach(file, image, map, target is { } one ? [one] : null, scores, nameof(target))[0];
    }

    /// <summary>Explains the score of every picture for a model in an ONNX file.</summary>
    /// <param name="file">As for one picture.</param>
    /// <param name="images">n pictures.</param>
    /// <param name="map">As for one picture.</param>
    /// <param name="targets">A class for each picture; those with the largest score when null.</param>
    /// <param name="scores">As for one picture.</param>
    /// <returns>A map for each picture.</returns>
    /// <exception cref="ArgumentException">As for one picture, or there are not n classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such class.</exception>
    /// <exception cref="InvalidOperationException">The model's score or slope is NaN or infinite.</exception>
    /// <exception cref="OnnxException">ONNX Runtime does not run the model.</exception>
    public static IReadOnlyList<AttributionMap> OfEach(OnnxFile file, Tensor images, string? map = null, IReadOnlyList<int>? targets = null, string? scores = null) =>
        OfEach(file, images, map, targets, scores, nameof(targets));

    private static AttributionMap[] OfEach(OnnxFile file, Tensor images, string? map, IReadOnlyList<int>? targets, string? scores, string argument)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(images);
        (int[] chosen, double[] values, Tensor activations, Tensor gradient) = OnnxTail.Of(file, map, scores).Gradient(images, targets, argument);
        return Maps(images, chosen, values, activations, gradient);
    }
}
