using MlOps.Learning.Neural;

namespace MlOps.Quantization.Distillation;

/// <summary>Small networks for pictures, to be taught.</summary>
public static class ImageStudent
{
    /// <summary>A batch normalisation, which learns the pixels' mean and spread; for each number of filters a convolution of 3 × 3, ReLU and a maximum over 2 × 2 as long as there is something to pool; then the scores.</summary>
    /// <param name="image">The shape of a picture.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="filters">Filters of each convolution, at least one of at least 1; 8 and 16 when null. <see cref="NetworkBuilder.ForImages"/> has 16 and 32.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <exception cref="ArgumentException">The samples are no pictures, or there is no convolution.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 classes, or no filters in a convolution.</exception>
    public static Network Build(TensorShape image, int classes, IReadOnlyList<int>? filters = null, int seed = 0)
    {
        Guard.AtLeast(classes, 2);
        filters ??= [8, 16];
        if (filters.Count == 0)
        {
            throw new ArgumentException("A network for pictures needs a convolution.", nameof(filters));
        }

        NetworkBuilder builder = new NetworkBuilder(image).BatchNorm();
        foreach (int count in filters)
        {
            builder = builder.Conv2D(count, 3, padding: 1).ReLU();
            builder = Math.Min(builder.Shape.Height, builder.Shape.Width) >= 2 ? builder.MaxPool(2) : builder;
        }

        return builder.Flatten().Dense(classes).Build(seed);
    }
}
