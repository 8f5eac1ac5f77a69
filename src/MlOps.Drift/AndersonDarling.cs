namespace MlOps.Drift;

/// <summary>Anderson–Darling k-sample test: could all samples come from one distribution? Sharper in the tails than Kolmogorov–Smirnov.</summary>
/// <param name="Statistic">The standardised statistic, <c>(A² − (k − 1)) / σ</c>; about 0 without drift, may be negative.</param>
/// <param name="PValue">The significance, interpolated in a table that ends at 0.001 and 0.25: never outside of them.</param>
/// <param name="IsClipped">Whether the true p-value lies outside the table, so that <paramref name="PValue"/> is only its nearer end.</param>
/// <param name="ASquared">A² before it is standardised, ≥ 0; its mean without drift is about k − 1.</param>
/// <param name="CriticalValues">The statistic's critical values at <see cref="SignificanceLevels"/>, rising.</param>
/// <param name="SampleSizes">The k sample sizes, in the order given.</param>
/// <param name="Midrank">Whether the form for tied data was used.</param>
/// <remarks>
/// <c>A² = Σᵢ 1/nᵢ ∫ (N·Fᵢ − nᵢ·H)² / (H·(N − H)) dH</c> in counts: Fᵢ the distribution function of sample i, H that of all N values. With
/// midranks, each function is taken at the middle of its step at a tie (equation 7), otherwise at its right end (equation 6).
/// The significance is a quadratic in the statistic, fitted to the logarithms of seven tabled levels. Symmetric in the samples.
/// <para>Equals <c>scipy.stats.anderson_ksamp(samples, midrank)</c>, where a clipped significance is a warning.</para>
/// <para>Source: F. W. Scholz, M. A. Stephens, "K-Sample Anderson–Darling Tests", J. Amer. Statist. Assoc. 82 (1987) 918–924.</para>
/// </remarks>
public sealed record AndersonDarling(
    double Statistic,
    double PValue,
    bool IsClipped,
    double ASquared,
    IReadOnlyList<double> CriticalValues,
    IReadOnlyList<int> SampleSizes,
    bool Midrank)
{
    /// <summary>The variance of A² has N − 3 in its divisor.</summary>
    private const int FewestValues = 4;

    // Table 2 of Scholz and Stephens: the critical value at level i is B0[i] + B1[i]/√m + B2[i]/m, m = k − 1.
    private static readonly double[] Levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
    private static readonly double[] B0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
    private static readonly double[] B1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615];
    private static readonly double[] B2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154];

    /// <summary>Gets the levels that belong to <see cref="CriticalValues"/>: 0.25 down to 0.001.</summary>
    public static IReadOnlyList<double> SignificanceLevels { get; } = Array.AsReadOnly(Levels);

    /// <summary>Gets the root mean square gap of two distribution functions, each gap divided by its standard deviation √(H·(1 − H)):
    /// <c>√(A² · N / (n · m))</c>; 0 when they coincide. NaN for more than two samples.</summary>
    public double WeightedGap => SampleSizes is [int n, int m] ? Math.Sqrt(ASquared * ((double)n + m) / ((double)n * m)) : double.NaN;

    /// <summary>Tests two samples in any order.</summary>
    /// <param name="reference">At least one finite value.</param>
    /// <param name="current">At least one finite value.</param>
    /// <param name="midrank">The form for tied data (SciPy's default), which is also right without ties.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values; there are fewer than 4 values in all, or all are equal.</exception>
    public static AndersonDarling Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, bool midrank = true) =>
        Test([SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current))], midrank);

    /// <summary>Tests k samples at once. O(k · N).</summary>
    /// <param name="samples">At least two samples.</param>
    /// <param name="midrank">As in the other form.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 samples or 4 values in all, or all values are equal.</exception>
    public static AndersonDarling Test(IReadOnlyList<SortedSample> samples, bool midrank = true)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count < 2)
        {
            throw new ArgumentException($"The Anderson–Darling test compares at least 2 samples; got {samples.Count}.", nameof(samples));
        }

        int[] sizes = [.. samples.Select(sample => sample.Count)];
        int total = checked(sizes.Sum());
        if (total < FewestValues)
        {
            throw new ArgumentException($"The Anderson–Darling test needs at least {FewestValues} values in all; got {total}.", nameof(samples));
        }

        if (samples.Min(sample => sample.Min) == samples.Max(sample => sample.Max))
        {
            throw new ArgumentException("The Anderson–Darling test needs at least two distinct values; all are equal.", nameof(samples));
        }

        double aSquared = samples.Count == 2 ? SumOfTwo(samples[0], samples[1], midrank) : Sum([.. samples], sizes, total, midrank);
        int m = sizes.Length - 1;
        double statistic = (aSquared - m) / Deviation(sizes, total);
        double[] critical = new double[Levels.Length];
        for (int i = 0; i < critical.Length; i++)
        {
            critical[i] = B0[i] + (B1[i] / Math.Sqrt(m)) + (B2[i] / m);
        }

        bool isClipped = statistic < critical[0] || statistic > critical[^1];
        double p = statistic < critical[0] ? Levels[0] : statistic > critical[^1] ? Levels[^1] : Interpolate(critical, statistic);
        return new AndersonDarling(statistic, p, isClipped, aSquared, Array.AsReadOnly(critical), Array.AsReadOnly(sizes), midrank);
    }

    /// <summary>A² of two samples, whose gaps at a value are equal and opposite.</summary>
    private static double SumOfTwo(SortedSample first, SortedSample second, bool midrank)
    {
        (double n, double m) = (first.Count, second.Count);
        double total = n + m;
        double sum = 0;
        var groups = new MergedGroups(first, second);
        while (groups.Next())
        {
            double ties = (double)groups.ReferenceTies + groups.CurrentTies;
            double part = midrank ? 0.5 : 1; // of its step, at which each function is taken
            double h = groups.ReferenceBelow + (double)groups.CurrentBelow + (part * ties);
            double spread = (h * (total - h)) - (midrank ? 0.25 * total * ties : 0);
            double gap = (total * (groups.ReferenceBelow + (part * groups.ReferenceTies))) - (h * n);
            sum += spread == 0 ? 0 : ties * gap * gap / spread; // 0 at the right end of the last step, where both functions are 1
        }

        sum *= ((1 / n) + (1 / m)) / total;
        return midrank ? sum * (total - 1) / total : sum;
    }

    private static double Sum(SortedSample[] samples, int[] sizes, int total, bool midrank)
    {
        int[] passed = new int[samples.Length];
        double[] sums = new double[samples.Length];
        double[] counts = new double[samples.Length];
        for (int below = 0; below < total;)
        {
            double value = double.PositiveInfinity;
            for (int i = 0; i < samples.Length; i++)
            {
                value = passed[i] < sizes[i] ? Math.Min(value, samples[i].Values[passed[i]]) : value;
            }

            int ties = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                ReadOnlySpan<double> values = samples[i].Values;
                int start = passed[i];
                int next = start;
                while (next < values.Length && values[next] == value)
                {
                    next++;
                }

                ties += next - start;
                counts[i] = midrank ? 0.5 * ((double)start + next) : next;
                passed[i] = next;
            }

            double h = midrank ? below + (0.5 * ties) : below + ties;
            below += ties;
            if (!midrank && below == total)
            {
                break; // at the right end of the last step every function is 1
            }

            double spread = (h * (total - h)) - (midrank ? 0.25 * total * ties : 0);
            double weight = ties / (total * spread);
            for (int i = 0; i < samples.Length; i++)
            {
                double gap = ((double)total * counts[i]) - (h * sizes[i]);
                sums[i] += weight * gap * gap;
            }
        }

        double sum = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            sum += sums[i] / sizes[i];
        }

        return midrank ? sum * (total - 1) / total : sum;
    }

    /// <summary>The standard deviation of A² when all samples have one law (equation 4).</summary>
    private static double Deviation(int[] sizes, int total)
    {
        double k = sizes.Length;
        double n = total;
        double bigH = 0;
        foreach (int size in sizes)
        {
            bigH += 1.0 / size;
        }

        // h = Σ 1/i for i < N; g = ΣΣ 1/((N − i)·j) for i < j < N, its inner sums growing as j does.
        double inner = 0;
        double g = 0;
        for (int j = 2; j < total; j++)
        {
            inner += 1.0 / (total - j + 1);
            g += inner / j;
        }

        double h = inner + 1;
        double a = (((4 * g) - 6) * (k - 1)) + ((10 - (6 * g)) * bigH);
        double b = (((2 * g) - 4) * k * k) + (8 * h * k) + (((2 * g) - (14 * h) - 4) * bigH) - (8 * h) + (4 * g) - 6;
        double c = (((6 * h) + (2 * g) - 2) * k * k) + (((4 * h) - (4 * g) + 6) * k) + (((2 * h) - 6) * bigH) + (4 * h);
        double d = (((2 * h) + 6) * k * k) - (4 * h * k);
        return Math.Sqrt(((a * n * n * n) + (b * n * n) + (c * n) + d) / ((n - 1) * (n - 2) * (n - 3)));
    }

    /// <summary>exp of the least-squares quadratic through (critical value, ln level), by polynomials made orthogonal on the critical values.</summary>
    private static double Interpolate(double[] critical, double at)
    {
        double[] before = new double[critical.Length];
        double[] basis = new double[critical.Length];
        Array.Fill(basis, 1);
        double valueBefore = 0;
        double value = 1;
        double normBefore = 1;
        double fitted = 0;
        for (int degree = 0; degree <= 2; degree++)
        {
            double norm = 0;
            double centre = 0;
            double projection = 0;
            for (int i = 0; i < basis.Length; i++)
            {
                norm += basis[i] * basis[i];
                centre += critical[i] * basis[i] * basis[i];
                projection += Math.Log(Levels[i]) * basis[i];
            }

            fitted += projection / norm * value;
            centre /= norm;
            double mix = degree == 0 ? 0 : norm / normBefore;
            for (int i = 0; i < basis.Length; i++)
            {
                (before[i], basis[i]) = (basis[i], ((critical[i] - centre) * basis[i]) - (mix * before[i]));
            }

            (valueBefore, value) = (value, ((at - centre) * value) - (mix * valueBefore));
            normBefore = norm;
        }

        return Math.Exp(fitted);
    }
}
