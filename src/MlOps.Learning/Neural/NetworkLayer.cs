namespace MlOps.Learning.Neural;

/// <summary>A layer in its place in a network.</summary>
/// <param name="Layer">Its plan.</param>
/// <param name="Input">Shape of a sample before it.</param>
/// <param name="Output">Shape of a sample after it.</param>
/// <param name="IsFrozen">Whether training leaves it alone: its parameters keep their values, and it acts as at prediction.</param>
/// <param name="Parameters">What it has learned; empty for a layer without parameters.</param>
public sealed record NetworkLayer(Layer Layer, TensorShape Input, TensorShape Output, bool IsFrozen, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Gets the number of parameters, without statistics.</summary>
    public int ParameterCount => Parameters.Where(parameter => !parameter.IsStatistic).Sum(parameter => parameter.Values.Length);

    /// <summary>Gets where its values begin among all values of the network; 0 without parameters.</summary>
    internal int Offset => Parameters.Count == 0 ? 0 : Parameters[0].Offset;

    /// <summary>Gets the number of all its values, statistics too.</summary>
    internal int Length => Parameters.Sum(parameter => parameter.Values.Length);
}
