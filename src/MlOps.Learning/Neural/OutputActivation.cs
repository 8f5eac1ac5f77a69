namespace MlOps.Learning.Neural;

/// <summary>What turns the outputs a loss was trained on into predictions.</summary>
public enum OutputActivation
{
    /// <summary>Nothing: the outputs are the predictions.</summary>
    None,

    /// <summary>Each output becomes a probability of its own.</summary>
    Sigmoid,

    /// <summary>The outputs of a sample become probabilities that add up to 1.</summary>
    Softmax,
}
