namespace MlOps.Fairness;

/// <summary>Permutes decisions between groups, through their counts.</summary>
internal static class PermutationTest
{
    /// <summary>A gap that differs from the observed one by rounding only is the same gap.</summary>
    private const double Rounding = 1e-12;

    internal static ParityTest Of(ParityMetric metric, Rate[] rates, int permutations, int seed)
    {
        Guard.AtLeast(permutations, 1);
        if (metric.Value is not { } observed)
        {
            return new ParityTest(metric.Name, null, null, permutations);
        }

        var random = new Random(seed);
        long allRows = rates.Sum(rate => rate.Denominator);
        long allSelected = rates.Sum(rate => rate.Numerator);
        int asLarge = 0;
        for (int p = 0; p < permutations; p++)
        {
            (long rows, long selected) = (allRows, allSelected);
            (double min, double max) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (Rate rate in rates)
            {
                long here = CountDraws.Hypergeometric(random, rate.Denominator, selected, rows);
                rows -= rate.Denominator;
                selected -= here;
                double value = (double)here / rate.Denominator;
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }

            asLarge += max - min >= observed - Rounding ? 1 : 0;
        }

        return new ParityTest(metric.Name, observed, (1.0 + asLarge) / (1.0 + permutations), permutations);
    }
}
