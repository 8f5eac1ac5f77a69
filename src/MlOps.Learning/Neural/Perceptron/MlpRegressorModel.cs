namespace MlOps.Learning.Neural;

/// <summary>A fitted multi-layer perceptron for numbers. Immutable.</summary>
public sealed class MlpRegressorModel : IRegressor
{
    internal MlpRegressorModel(IReadOnlyList<string> featureNames, Standardization standardization, double targetMean, double targetScale, TrainingResult result)
    {
        FeatureNames = featureNames;
        Standardization = standardization;
        TargetMean = targetMean;
        TargetScale = targetScale;
        Network = result.Network;
        History = result.History;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Gets the mean of each feature, which is subtracted first.</summary>
    public IReadOnlyList<double> Means => Standardization.Means;

    /// <summary>Gets the standard deviation of each feature, by which it is divided then; 1 for a constant one.</summary>
    public IReadOnlyList<double> Scales => Standardization.Scales;

    /// <summary>Gets the mean of the target, which is added last.</summary>
    public double TargetMean { get; }

    /// <summary>Gets the standard deviation of the target, by which the network's output is multiplied; 1 for a constant target.</summary>
    public double TargetScale { get; }

    /// <summary>Gets the network, which reads standardised features and predicts the standardised target.</summary>
    public Network Network { get; }

    /// <summary>Gets how training went, in units of the standardised target.</summary>
    public TrainingHistory History { get; }

    internal Standardization Standardization { get; }

    /// <inheritdoc/>
    public double[] Predict(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        Tensor outputs = Network.Predict(Standardization.Apply(x));
        var numbers = new double[x.RowCount];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (outputs.Values[i] * TargetScale) + TargetMean;
        }

        return numbers;
    }
}
