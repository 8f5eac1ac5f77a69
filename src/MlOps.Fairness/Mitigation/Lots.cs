namespace MlOps.Fairness.Mitigation;

/// <summary>Seeded lots for decisions that have a chance.</summary>
internal static class Lots
{
    /// <summary>One lot a row, also where it is not needed: so a row's lot does not depend on the other rows' chances.</summary>
    internal static bool[] Draw(ReadOnlySpan<double> chances, int seed)
    {
        var random = new Random(seed);
        var drawn = new bool[chances.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = random.NextDouble() < chances[i]; // NextDouble is below 1: a chance of 1 always wins, one of 0 never
        }

        return drawn;
    }
}
