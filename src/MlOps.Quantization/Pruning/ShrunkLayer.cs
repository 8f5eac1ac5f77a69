namespace MlOps.Quantization.Pruning;

/// <summary>A layer that lost units.</summary>
/// <param name="Layer">The name of its weights in a network ("0.weight"), of its node in an ONNX file.</param>
/// <param name="Operation">Its kind, such as <c>Conv2D</c>.</param>
/// <param name="UnitsBefore">Neurons or filters it had.</param>
/// <param name="Kept">Which of them stayed, counted from 0 and in order; at least one.</param>
public sealed record ShrunkLayer(string Layer, string Operation, int UnitsBefore, IReadOnlyList<int> Kept)
{
    /// <summary>Gets how many neurons or filters it has now.</summary>
    public int Units => Kept.Count;
}
