namespace MlOps.Learning.Neural;

/// <summary>An array that a layer needs, and what it holds before training.</summary>
/// <param name="Name">Such as "weight".</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Start">The value of all its elements, or null for random ones.</param>
/// <param name="FanIn">Inputs of one neuron; for random values.</param>
/// <param name="FanOut">Neurons that read one input; for random values.</param>
/// <param name="IsStatistic">Whether it is measured rather than learned by gradient.</param>
/// <param name="Initialization">How random values are drawn; null leaves it to the builder.</param>
internal sealed record ParameterPlan(string Name, int[] Shape, float? Start, int FanIn = 0, int FanOut = 0, bool IsStatistic = false, Initialization? Initialization = null)
{
    internal int Length { get; } = Shape.Aggregate(1, (product, dimension) => checked(product * dimension));
}
