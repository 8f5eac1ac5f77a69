namespace MlOps.Learning;

/// <summary>A model that turns features into other features, such as a principal component analysis.</summary>
public interface ITransformer : IModel
{
    /// <summary>Gets the names of the features it makes, in order.</summary>
    IReadOnlyList<string> OutputNames { get; }

    /// <summary>Turns n × d features into n × k others.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    Matrix Transform(Matrix x);
}
