namespace MlOps.Learning;

/// <summary>A model that tells how unusual a case is.</summary>
public interface IAnomalyDetector : IModel
{
    /// <summary>Scores every case; higher is stranger. The model says in which range.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    double[] Score(Matrix x);
}
