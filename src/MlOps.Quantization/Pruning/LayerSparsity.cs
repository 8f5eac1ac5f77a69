namespace MlOps.Quantization.Pruning;

/// <summary>How many weights of a layer are 0.</summary>
/// <param name="Layer">The name of its weights, such as "0.weight".</param>
/// <param name="Operation">Its kind, such as <c>Dense</c>.</param>
/// <param name="Weights">How many it has, biases not counted.</param>
/// <param name="Zeros">How many of them are 0.</param>
public sealed record LayerSparsity(string Layer, string Operation, long Weights, long Zeros)
{
    /// <summary>Gets <see cref="Zeros"/> / <see cref="Weights"/>, in [0, 1].</summary>
    public double Share => (double)Zeros / Weights;
}
