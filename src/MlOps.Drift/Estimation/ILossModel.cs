namespace MlOps.Drift.Estimation;

/// <summary>Predicts how large a model's error will be on a row: any regressor behind one method.</summary>
public interface ILossModel
{
    /// <summary>Returns the expected loss of a row. Called from several threads at once.</summary>
    /// <param name="row">The features in the order of the fit, NaN where one is missing, and the model's prediction last.</param>
    double Predict(ReadOnlySpan<double> row);
}
