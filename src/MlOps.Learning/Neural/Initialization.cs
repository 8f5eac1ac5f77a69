namespace MlOps.Learning.Neural;

/// <summary>How weights are drawn before training, so that signals keep their size from layer to layer.</summary>
/// <remarks>
/// fan_in counts the inputs of a neuron (or of a filter: C · kernel²), fan_out the neurons that read an input.
/// <para>Sources: K. He et al., "Delving Deep into Rectifiers", ICCV 2015; X. Glorot, Y. Bengio, "Understanding the Difficulty of Training Deep
/// Feedforward Neural Networks", AISTATS 2010.</para>
/// </remarks>
public enum Initialization
{
    /// <summary>Normal with variance 2 / fan_in: for ReLU and its kin.</summary>
    HeNormal,

    /// <summary>Uniform within ±√(6 / fan_in): for ReLU and its kin.</summary>
    HeUniform,

    /// <summary>Normal with variance 2 / (fan_in + fan_out): for tanh, sigmoid and outputs.</summary>
    GlorotNormal,

    /// <summary>Uniform within ±√(6 / (fan_in + fan_out)): for tanh, sigmoid and outputs.</summary>
    GlorotUniform,
}
