namespace MlOps.Learning.Trees;

/// <summary>A training case on its way down a tree.</summary>
/// <param name="Row">Its row in the columns of features.</param>
/// <param name="Weight">How much it counts, &gt; 0.</param>
/// <param name="Target">A number, or the code of a class.</param>
internal readonly record struct Case(int Row, double Weight, double Target)
{
    /// <summary>The cases that count.</summary>
    internal static Case[] Of(ReadOnlySpan<double> targets, double[]? weights)
    {
        var cases = new List<Case>(targets.Length);
        for (int i = 0; i < targets.Length; i++)
        {
            double weight = weights?[i] ?? 1;
            if (weight > 0)
            {
                cases.Add(new Case(i, weight, targets[i]));
            }
        }

        return [.. cases];
    }

    internal static double MeanTarget(ReadOnlySpan<Case> cases)
    {
        double sum = 0;
        double weight = 0;
        foreach (Case one in cases)
        {
            sum += one.Weight * one.Target;
            weight += one.Weight;
        }

        return sum / weight;
    }

    internal static double[] Codes(Labels y)
    {
        var codes = new double[y.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = y.Codes[i];
        }

        return codes;
    }
}
