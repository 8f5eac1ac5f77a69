namespace MlOps.Learning.Linear;

/// <summary>A fitted linear function: <c>ŷ = x·w + b</c>.</summary>
public sealed class LinearRegressionModel : IRegressor
{
    private readonly double[] _coefficients;

    internal LinearRegressionModel(IReadOnlyList<string> featureNames, double[] coefficients, double intercept, double[]? errors)
    {
        FeatureNames = featureNames;
        _coefficients = coefficients;
        Intercept = intercept;
        StandardErrors = errors?[..coefficients.Length];
        InterceptStandardError = errors?[^1];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Gets w, one coefficient a feature, in units of the target per unit of the feature.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>Gets b, the prediction where all features are 0.</summary>
    public double Intercept { get; }

    /// <summary>Gets the standard errors of the coefficients; null after ridge regression, whose coefficients are biased.</summary>
    /// <remarks><c>√(σ² (XᵀVX)⁻¹ⱼⱼ)</c> of the centred columns, <c>σ² = Σ vᵢ eᵢ² / (n − d − 1)</c>. They hold for errors that are independent with a
    /// variance in inverse proportion to the weights. NaN if n = d + 1.</remarks>
    public IReadOnlyList<double>? StandardErrors { get; }

    /// <summary>Gets the standard error of the intercept; null after ridge regression.</summary>
    public double? InterceptStandardError { get; }

    /// <inheritdoc/>
    public double[] Predict(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        var predictions = new double[x.RowCount];
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Intercept + FixedOrder.Dot(x.Row(i), _coefficients);
        }

        return predictions;
    }
}
