namespace MlOps.Explain.Lime;

/// <summary>How LIME chooses the few features it reports.</summary>
public enum LimeSelection
{
    /// <summary>Forward selection up to 6 features, the highest weights beyond: what the Python package does.</summary>
    Auto,

    /// <summary>One at a time the feature that raises the weighted R² of a least-squares model most.</summary>
    Forward,

    /// <summary>The features with the largest weights in a ridge model of all of them (alpha 0.01).</summary>
    HighestWeights,
}
