namespace MlOps.Fairness.Privacy;

/// <summary>Counts, sums, means and histograms of a data set under one budget, by the Laplace mechanism.</summary>
/// <remarks>One row a person: whoever stands in several rows is protected that much less. Neighbouring data sets differ by one row that is added or left out.</remarks>
/// <param name="budget">Pays for every answer.</param>
/// <param name="seed">For lessons and tests; secret randomness when null. Question i uses its own stream.</param>
public sealed class PrivateStatistics(PrivacyBudget budget, int? seed = null)
{
    private readonly PrivacyBudget _budget = budget ?? throw new ArgumentNullException(nameof(budget));
    private int _asked;

    /// <summary>The number of rows that are true. Δ = 1. May be below 0 or no whole number: rounding it afterwards costs no privacy.</summary>
    /// <param name="rows">One truth value a row.</param>
    /// <param name="epsilon">ε &gt; 0 of this answer.</param>
    /// <param name="question">What was asked, for the budget's record.</param>
    /// <exception cref="PrivacyBudgetException">Not enough budget is left.</exception>
    public double Count(ReadOnlySpan<bool> rows, double epsilon, string question = "count") => Laplace(1, epsilon).Release(rows.Count(true), _budget, question);

    /// <summary>The sum of values that are first cut to [<paramref name="low"/>, <paramref name="high"/>]. Δ = max(|low|, |high|).</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="low">Chosen without looking at the data.</param>
    /// <param name="high">Above <paramref name="low"/>, chosen without looking at the data: the data's own extremes would give a person away.</param>
    /// <param name="epsilon">ε &gt; 0 of this answer.</param>
    /// <param name="question">What was asked, for the budget's record.</param>
    /// <exception cref="ArgumentException">A value is NaN, or the bounds are not in order.</exception>
    /// <exception cref="PrivacyBudgetException">Not enough budget is left.</exception>
    public double Sum(ReadOnlySpan<double> values, double low, double high, double epsilon, string question = "sum")
    {
        double sum = Clipped(values, low, high);
        return Laplace(Math.Max(Math.Abs(low), Math.Abs(high)), epsilon).Release(sum, _budget, question);
    }

    /// <summary>The mean of values cut to [<paramref name="low"/>, <paramref name="high"/>]: half of ε for how far the sum lies from n times their middle, half for n.</summary>
    /// <remarks>Cut to [low, high] at the end; the middle where the noisy number of rows is below 1. Biased for few rows.</remarks>
    /// <inheritdoc cref="Sum"/>
    public double Mean(ReadOnlySpan<double> values, double low, double high, double epsilon, string question = "mean")
    {
        double sum = Clipped(values, low, high);
        double middle = low + ((high - low) / 2);
        Guard.Positive(epsilon);
        _budget.Spend(epsilon, 0, question);
        double offset = Laplace((high - low) / 2, epsilon / 2).Release(sum - (values.Length * middle));
        double count = Laplace(1, epsilon / 2).Release(values.Length);
        return count < 1 ? middle : Math.Clamp(middle + (offset / count), low, high);
    }

    /// <summary>How many rows have each value. Nobody is in two of them, so ε is paid once: Δ = 1.</summary>
    /// <param name="codes">One code a row: an index into the values, or −1 to count it nowhere.</param>
    /// <param name="values">How many values there are, known without looking at the data.</param>
    /// <param name="epsilon">ε &gt; 0 of this answer.</param>
    /// <param name="question">What was asked, for the budget's record.</param>
    /// <exception cref="ArgumentException">A code names no value.</exception>
    /// <exception cref="PrivacyBudgetException">Not enough budget is left.</exception>
    public double[] Histogram(ReadOnlySpan<int> codes, int values, double epsilon, string question = "histogram")
    {
        var counts = new long[Guard.AtLeast(values, 1)];
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] < -1 || codes[i] >= values)
            {
                throw new ArgumentException($"Code {codes[i]} in row {i} names none of {values} values.", nameof(codes));
            }

            if (codes[i] >= 0)
            {
                counts[codes[i]]++;
            }
        }

        LaplaceMechanism laplace = Laplace(1, epsilon);
        _budget.Spend(epsilon, 0, question);
        return Array.ConvertAll(counts, count => laplace.Release(count));
    }

    private LaplaceMechanism Laplace(double sensitivity, double epsilon) => new(sensitivity, epsilon, seed is { } value ? unchecked(value + (7919 * _asked++)) : null);

    private static double Clipped(ReadOnlySpan<double> values, double low, double high)
    {
        if (!(Guard.Finite(low) < Guard.Finite(high)))
        {
            throw new ArgumentException(FormattableString.Invariant($"low must be below high; got {low} and {high}."), nameof(low));
        }

        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += !double.IsNaN(values[i]) ? Math.Clamp(values[i], low, high) : throw new ArgumentException($"Value {i} is NaN. Leave missing values out first.", nameof(values));
        }

        return sum;
    }
}
