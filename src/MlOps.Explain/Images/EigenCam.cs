using MathNet.Numerics.LinearAlgebra;
using MlOps.Learning.Neural;
using MlOps.Onnx;
using DenseMatrix = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix;

namespace MlOps.Explain.Images;

/// <summary>Eigen-CAM: what varies most in the feature maps of a convolution, whatever the class.</summary>
/// <remarks>
/// The maps are a matrix of pixels × channels, centred by channel; the map is its projection on the first right singular vector, with the sign that goes with the sum of the channels
/// (a singular vector has none of its own), then as in <see cref="GradCam"/>. No slopes: it works for any graph. It shows what the picture has, not what speaks for a class.
/// <para>Source: M. Muhammad, M. Yeasin, "Eigen-CAM: Class Activation Map using Principal Components", IJCNN 2020.</para>
/// </remarks>
public static class EigenCam
{
    private const string Method = "Eigen-CAM";

    /// <summary>Looks at one picture with a network.</summary>
    /// <param name="network">A network for pictures with a convolution.</param>
    /// <param name="image">One picture.</param>
    /// <param name="layer">As for <see cref="GradCam"/>.</param>
    /// <exception cref="ArgumentException">There is not one picture, it is of another size, or the layer does not make feature maps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such layer.</exception>
    /// <exception cref="InvalidOperationException">A feature map has NaN or an infinite number.</exception>
    public static AttributionMap Of(Network network, Tensor image, int? layer = null) => Of(FeatureMaps.Of(network, image, layer), image);

    /// <summary>Looks at one picture with a model in an ONNX file.</summary>
    /// <param name="file">A model with one input of N × channels × height × width.</param>
    /// <param name="image">One picture.</param>
    /// <param name="map">Name of the feature map in the graph; what the last convolution makes when null.</param>
    /// <exception cref="ArgumentException">There is not one picture, it is of another size, there is no convolution, or the map has not four dimensions.</exception>
    /// <exception cref="InvalidOperationException">A feature map has NaN or an infinite number.</exception>
    /// <exception cref="OnnxException">There is no such value, or ONNX Runtime does not run the model.</exception>
    public static AttributionMap Of(OnnxFile file, Tensor image, string? map = null) => Of(FeatureMaps.Of(file, image, map), image);

    private static AttributionMap Of(FeatureMaps maps, Tensor image)
    {
        TensorShape shape = maps.Activations.Shape;
        Matrix<double> pixels = DenseMatrix.Create(shape.Area, shape.Channels, (i, k) => maps.Activations.Values[(k * shape.Area) + i]);
        int bad = pixels.Enumerate().ToList().FindIndex(value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new InvalidOperationException("A feature map has NaN or an infinite number. Look for NaN in the picture or the weights.");
        }

        double[] means = [.. pixels.EnumerateColumns().Select(column => column.Sum() / shape.Area)];
        pixels.MapIndexedInplace((_, k, value) => value - means[k]);
        Vector<double> first = pixels.TransposeThisAndMultiply(pixels).Evd(Symmetricity.Symmetric).EigenVectors.Column(shape.Channels - 1); // of the largest eigenvalue
        Vector<double> projection = pixels * first;
        if (projection.DotProduct(pixels.RowSums()) < 0)
        {
            projection = -projection;
        }

        double[] map = ActivationMap.Finished(projection.ToArray(), shape.Height, shape.Width, image.Shape.Height, image.Shape.Width);
        (int target, double score) = maps.Model.Target(image, null);
        return new AttributionMap(Method, image.Shape.Width, image.Shape.Height, map, target, score);
    }
}
