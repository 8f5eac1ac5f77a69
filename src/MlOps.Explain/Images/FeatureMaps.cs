using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>The feature maps of one picture and the model that judges pictures.</summary>
internal sealed record FeatureMaps(Tensor Activations, ImageModel Model)
{
    internal static FeatureMaps Of(Network network, Tensor image, int? layer)
    {
        Pictures.CheckOne(image);
        int place = Place(network, layer);
        return new FeatureMaps(network.Activations(image, place), ImageModel.Of(network));
    }

    internal static FeatureMaps Of(OnnxFile file, Tensor image, string? map)
    {
        ArgumentNullException.ThrowIfNull(file);
        Pictures.CheckOne(image);
        string input = OnnxMaps.Input(file.Graph);
        string name = map ?? OnnxMaps.LastConvolution(file.Graph);
        Tensor activations = OnnxMaps.Tensor(OnnxMaps.Run(file, input, image, name)[name], name);
        return new FeatureMaps(activations, ImageModel.Of(image.Shape, images =>
        {
            string scores = OnnxMaps.Output(file.Graph);
            float[] numbers = OnnxMaps.Run(file, input, images, scores)[scores].ToFloats();
            return new Learning.Matrix(images.Count, numbers.Length / images.Count, Array.ConvertAll(numbers, number => (double)number));
        }));
    }

    /// <summary>The layer that makes feature maps: the given one, or the last convolution.</summary>
    internal static int Place(Network network, int? layer)
    {
        ArgumentNullException.ThrowIfNull(network);
        int place = layer ?? network.LastConvolution
            ?? throw new ArgumentException("The network has no convolution, so there are no feature maps to look at. Occlusion and IntegratedGradients need none.", nameof(network));
        if ((uint)place >= (uint)network.Layers.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), place, $"The network has the layers 0 to {network.Layers.Count - 1}.");
        }

        TensorShape maps = network.Layers[place].Output;
        return maps.IsImage
            ? place
            : throw new ArgumentException($"Layer {place}, {network.Layers[place].Layer.GetType().Name}, makes vectors of {maps}; feature maps are needed. The last convolution is layer {network.LastConvolution}.", nameof(layer));
    }
}
