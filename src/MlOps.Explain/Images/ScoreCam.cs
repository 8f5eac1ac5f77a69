using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>Score-CAM: weights the feature maps of a convolution by the score of the picture seen through each.</summary>
/// <remarks>
/// Each of the K maps is scaled to the picture and to 0 … 1 and multiplied with the picture; <c>w = softmax</c> over the K scores of the class; then
/// <c>max(0, Σₖ wₖ · A[k])</c> as in <see cref="GradCam"/>. The score is what the model predicts, a probability where it tells classes apart. No slopes, K + 1 predictions: it works for any graph.
/// <para>Source: H. Wang et al., "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", CVPR Workshops 2020, algorithm 1, with a black baseline left out as a constant.</para>
/// </remarks>
public static class ScoreCam
{
    private const string Method = "Score-CAM";

    /// <summary>Explains the score of one picture for a network.</summary>
    /// <param name="network">A network for pictures with a convolution.</param>
    /// <param name="image">One picture.</param>
    /// <param name="layer">As for <see cref="GradCam"/>.</param>
    /// <param name="target">Which class; the one with the largest score when null.</param>
    /// <exception cref="ArgumentException">There is not one picture, it is of another size, or the layer does not make feature maps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such layer or class.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    public static AttributionMap Of(Network network, Tensor image, int? layer = null, int? target = null) => Of(FeatureMaps.Of(network, image, layer), image, target);

    /// <summary>Explains the score of one picture for a model in an ONNX file.</summary>
    /// <param name="file">A model with one input of N × channels × height × width.</param>
    /// <param name="image">One picture.</param>
    /// <param name="map">Name of the feature map in the graph; what the last convolution makes when null.</param>
    /// <param name="target">Which class; the one with the largest score when null.</param>
    /// <exception cref="ArgumentException">There is not one picture, it is of another size, there is no convolution, or the map has not four dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such class.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OnnxException">There is no such value, or ONNX Runtime does not run the model.</exception>
    public static AttributionMap Of(OnnxFile file, Tensor image, string? map = null, int? target = null) => Of(FeatureMaps.Of(file, image, map), image, target);

    private static AttributionMap Of(FeatureMaps maps, Tensor image, int? target)
    {
        (int chosen, double score) = maps.Model.Target(image, target);
        TensorShape shape = maps.Activations.Shape;
        double[] scores = maps.Model.Scores(Masked(maps.Activations, image)).Column(chosen);
        double largest = scores.Max();
        double[] weights = Array.ConvertAll(scores, value => Math.Exp(value - largest));
        double sum = weights.Sum();
        weights = Array.ConvertAll(weights, weight => weight / sum);
        double[] map = ActivationMap.Of(maps.Activations[0], weights, shape.Height, shape.Width, image.Shape.Height, image.Shape.Width);
        return new AttributionMap(Method, image.Shape.Width, image.Shape.Height, map, chosen, score);
    }

    private static Tensor Masked(Tensor activations, Tensor image)
    {
        (TensorShape maps, TensorShape shape) = (activations.Shape, image.Shape);
        var values = new float[checked(maps.Channels * shape.Size)];
        for (int k = 0; k < maps.Channels; k++)
        {
            double[] plane = Array.ConvertAll(activations.Values.Slice(k * maps.Area, maps.Area).ToArray(), value => (double)value);
            double[] mask = BilinearScaling.Of(plane, maps.Height, maps.Width, shape.Height, shape.Width);
            ActivationMap.Normalize(mask);
            for (int i = 0; i < shape.Size; i++)
            {
                values[(k * shape.Size) + i] = (float)(mask[i % shape.Area] * image.Values[i]);
            }
        }

        return new Tensor(maps.Channels, shape, values);
    }
}
