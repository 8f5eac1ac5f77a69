namespace MlOps.Learning;

/// <summary>A model that predicts a number.</summary>
public interface IRegressor : IModel
{
    /// <summary>Predicts one number a case, in the unit of the target it was fitted on.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    double[] Predict(Matrix x);
}
