using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>Grad-CAM: which parts of a picture the feature maps of a convolution show that speak for a class.</summary>
/// <remarks>
/// <c>wₖ = mean over i, j of ∂s/∂A[k, i, j]</c>, <c>s</c> the score of the class before the softmax; <c>c = max(0, Σₖ wₖ · A[k])</c>, scaled to the picture
/// (bilinear); the map is <c>(c − min) / (1e-7 + max − min)</c>: 0 where the class is least to be seen, just under 1 where most. A map that is the same everywhere, as of a
/// picture in which nothing speaks for the class, is 0. It tells parts of one picture apart, not pictures: every map that is not 0 reaches 1.
/// <para>Source: R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017, equations 1 and 2.</para>
/// </remarks>
public static partial class GradCam
{
    private const string Method = "Grad-CAM";

    /// <summary>Explains the score of one picture.</summary>
    /// <param name="network">A network for pictures with a convolution.</param>
    /// <param name="image">One picture.</param>
    /// <param name="layer">Place of the layer whose outputs are the feature maps; the last convolution when null. One further is what its activation makes of them.</param>
    /// <param name="target">Which class; the one the network decides for when null. A network with one output for two classes has the classes 0 and 1.</param>
    /// <exception cref="ArgumentException">There is not one picture, it is of another size, the network has no convolution or does not read pictures, or the layer does not make feature maps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such layer or class.</exception>
    /// <exception cref="InvalidOperationException">The network's score or slope is NaN or infinite.</exception>
    public static AttributionMap Of(Network network, Tensor image, int? layer = null, int? target = null)
    {
        Pictures.CheckOne(image);
        return OfEach(network, image, layer, target is { } one ? [one] : null, nameof(target))[0];
    }

    /// <summary>Explains the score of every picture.</summary>
    /// <param name="network">A network for pictures with a convolution.</param>
    /// <param name="images">n pictures.</param>
    /// <param name="layer">As for one picture.</param>
    /// <param name="targets">A class for each picture; those the network decides for when null.</param>
    /// <returns>A map for each picture.</returns>
    /// <exception cref="ArgumentException">As for one picture, or there are not n classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such layer or class.</exception>
    /// <exception cref="InvalidOperationException">The network's score or slope is NaN or infinite.</exception>
    public static IReadOnlyList<AttributionMap> OfEach(Network network, Tensor images, int? layer = null, IReadOnlyList<int>? targets = null) =>
        OfEach(network, images, layer, targets, nameof(targets));

    private static AttributionMap[] OfEach(Network network, Tensor images, int? layer, IReadOnlyList<int>? targets, string argument)
    {
        var scores = new ClassScores(network);
        Pictures.Check(images, network.InputShape);
        int place = FeatureMaps.Place(network, layer);
        int[] chosen = scores.Targets(images, targets, argument);
        (double[] values, Tensor activations, Tensor gradient) = scores.Gradient(images, chosen, place);
        return Maps(images, chosen, values, activations, gradient);
    }

    private static AttributionMap[] Maps(Tensor images, int[] targets, double[] scores, Tensor activations, Tensor gradient)
    {
        TensorShape maps = activations.Shape;
        var found = new AttributionMap[images.Count];
        for (int i = 0; i < found.Length; i++)
        {
            double[] map = ActivationMap.Of(activations[i], Weights(gradient[i], maps), maps.Height, maps.Width, images.Shape.Height, images.Shape.Width);
            found[i] = new AttributionMap(Method, images.Shape.Width, images.Shape.Height, map, targets[i], scores[i]);
        }

        return found;
    }

    private static double[] Weights(ReadOnlySpan<float> gradient, TensorShape maps)
    {
        var weights = new double[maps.Channels];
        for (int k = 0; k < weights.Length; k++)
        {
            double sum = 0;
            foreach (float slope in gradient.Slice(k * maps.Area, maps.Area))
            {
                sum += slope;
            }

            weights[k] = sum / maps.Area;
        }

        return weights;
    }
}
