using MlOps.Data.Images;
using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Cli;

/// <summary>Pictures as the exported networks take them.</summary>
internal static class PicturePixels
{
    /// <summary>A row a picture, its pixels from 0 (black) to 1.</summary>
    internal static Matrix Of(ImageSet images) => Tensor.FromBytes(TensorShape.Vector(images.PixelsPerImage), images.Pixels).ToMatrix();
}
