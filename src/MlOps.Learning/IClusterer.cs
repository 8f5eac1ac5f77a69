namespace MlOps.Learning;

/// <summary>A model that puts cases into groups.</summary>
public interface IClusterer : IModel
{
    /// <summary>Gets the number of groups.</summary>
    int ClusterCount { get; }

    /// <summary>Tells the group of every case, 0 to <see cref="ClusterCount"/> − 1.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    int[] Predict(Matrix x);
}
