namespace MlOps.Learning.Neural;

/// <summary>A fitted multi-layer perceptron for classes. Immutable.</summary>
public sealed class MlpClassifierModel : IProbabilisticClassifier
{
    internal MlpClassifierModel(IReadOnlyList<string> featureNames, IReadOnlyList<string> classes, Standardization standardization, TrainingResult result)
    {
        FeatureNames = featureNames;
        Classes = classes;
        Standardization = standardization;
        Network = result.Network;
        History = result.History;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets the mean of each feature, which is subtracted first.</summary>
    public IReadOnlyList<double> Means => Standardization.Means;

    /// <summary>Gets the standard deviation of each feature, by which it is divided then; 1 for a constant one.</summary>
    public IReadOnlyList<double> Scales => Standardization.Scales;

    /// <summary>Gets the network, which reads standardised features.</summary>
    public Network Network { get; }

    /// <summary>Gets how training went.</summary>
    public TrainingHistory History { get; }

    internal Standardization Standardization { get; }

    /// <inheritdoc/>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        return Network.Predict(Standardization.Apply(x)).ToMatrix(Classes);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));
}
