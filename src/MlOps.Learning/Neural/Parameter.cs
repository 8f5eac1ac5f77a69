namespace MlOps.Learning.Neural;

/// <summary>One array that a network has learned.</summary>
/// <param name="Name">Layer and role, such as "0.weight".</param>
/// <param name="Shape">Its dimensions, such as [784, 512].</param>
/// <param name="Values">Its elements, row by row.</param>
/// <param name="IsStatistic">Whether it is measured (running mean or variance) rather than learned by gradient; such are not counted as parameters.</param>
/// <param name="Offset">Where it begins among all values of the network.</param>
public sealed record Parameter(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values, bool IsStatistic, int Offset)
{
    /// <summary>Writes <c>0.weight 784×512</c>.</summary>
    public override string ToString() => $"{Name} {string.Join('×', Shape)}";
}
