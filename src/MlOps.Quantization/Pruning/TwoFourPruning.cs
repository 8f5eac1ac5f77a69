using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>2:4 sparsity: of every four consecutive weights along the inputs of a unit, the two of the smallest magnitude become 0.</summary>
/// <remarks>
/// The pattern that graphics processors with sparse tensor cores compute twice as fast. ONNX Runtime on a processor has no kernels for it: there it costs accuracy and
/// brings nothing but a better compression of the file.
/// <para>Along the inputs: of a <see cref="Dense"/> layer the features, of a convolution the channels, for each position of the kernel. Where the inputs are no multiple
/// of four, the last group is seen as filled up with zeros: of three weights one goes, two or one stay. Of equal magnitudes the first go.</para>
/// <para>Source: A. Mishra et al., "Accelerating Sparse Deep Neural Networks", arXiv:2104.08378 (2021).</para>
/// </remarks>
public static partial class TwoFourPruning
{
    /// <summary>Prunes the <see cref="Dense"/> and <see cref="Conv2D"/> layers of a network.</summary>
    /// <param name="network">It stays as it is.</param>
    /// <param name="exclude">Names of weights to leave alone, such as "0.weight"; none when null.</param>
    /// <exception cref="ArgumentException">There is no layer with weights, or none of a name that is excluded; or a weight is not a number.</exception>
    public static PrunedNetwork Prune(Network network, IReadOnlyCollection<string>? exclude = null)
    {
        Parameter[] weights = NetworkWeights.Of(network, new PruningOptions { Exclude = exclude ?? [] });
        return PrunedNetwork.Of(network, weights.ToDictionary(weight => weight.Name, Keep));
    }

    // Dense: inputs × units. Conv2D: filters × channels × kernel × kernel.
    private static bool[] Keep(Parameter weight) => weight.Shape.Count == 2
        ? TwoOfFour.Keep(weight.Values.Span, weight.Shape[0], weight.Shape[1])
        : TwoOfFour.Keep(weight.Values.Span, weight.Shape[1], weight.Shape[2] * weight.Shape[3]);
}
