using MlOps.Data.Images;
using MlOps.Learning.Neural;

namespace MlOps.Learning.Recipes;

/// <summary>A network that tells pictures apart. Immutable.</summary>
/// <param name="Network">Takes pixels from 0 (black) to 1.</param>
/// <param name="Classes">The names of its classes, in the order of its outputs.</param>
/// <param name="History">How training went.</param>
public sealed record TrainedImages(Network Network, IReadOnlyList<string> Classes, TrainingHistory History)
{
    /// <summary>Predicts every picture.</summary>
    /// <exception cref="ArgumentException">The pictures are of another size than those it was trained on.</exception>
    public Predictions Predict(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Tensor pixels = Tensor.FromBytes(TensorShape.Image(images.Channels, images.Height, images.Width), images.Pixels);
        Matrix probabilities = Network.Predict(pixels).ToMatrix(Classes);
        return new Predictions(new Labels(Inputs.ArgMax(probabilities), Classes), probabilities, true, null);
    }
}
