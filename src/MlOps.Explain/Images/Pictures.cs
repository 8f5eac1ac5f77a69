using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>Checks of pictures that come in.</summary>
internal static class Pictures
{
    internal static void CheckOne(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Count != 1)
        {
            throw new ArgumentException($"One picture is explained at a time; got {image.Count}. Tensor.Take picks one.", nameof(image));
        }
    }

    internal static void Check(Tensor images, TensorShape shape)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Shape != shape)
        {
            throw new ArgumentException($"The model reads pictures of {shape}; these have {images.Shape}.", nameof(images));
        }
    }
}
