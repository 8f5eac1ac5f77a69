namespace MlOps.Fairness.Mitigation;

/// <summary>Moves numeric features so that every group has the same distribution of each: then no feature alone tells the group.</summary>
/// <remarks>
/// <c>x' = (1 − λ) · x + λ · median over groups g of Q_g(p)</c>, with <c>p = F_a(x)</c> the place of x in its own group a and <c>Q_g</c> the quantile function
/// of group g: linear between sorted values, <c>Q_g(k / (n_g − 1))</c> the k-th smallest, so that groups of different sizes compare by place, not by
/// rank. λ = 0 changes nothing; λ = 1 gives all groups the same quantiles. The order within a group is kept. Equal values stay equal: they share the
/// middle of their places. Of an even number of groups the median is the mean of the middle two. Each feature is repaired by itself: several
/// together may still tell the group.
/// <para>A new value between two seen ones has a place between theirs; one outside takes the place of the smallest or largest. Rows without a group stay
/// as they are. O(n log n) a feature to fit, O(G log n) a value to transform.</para>
/// <para>Source: M. Feldman et al., "Certifying and Removing Disparate Impact", KDD 2015, section 5 (geometric repair, equation 2).</para>
/// </remarks>
public sealed class DisparateImpactRemover
{
    private const int FewestRows = 2;
    private readonly double[][][] _sorted; // [feature][group], ascending

    private DisparateImpactRemover(double level, IReadOnlyList<string> groups, double[][][] sorted) => (Level, Groups, _sorted) = (level, groups, sorted);

    /// <summary>Gets λ, the repair level in [0, 1].</summary>
    public double Level { get; }

    /// <summary>Gets the number of features.</summary>
    public int Columns => _sorted.Length;

    /// <summary>Gets the groups that were seen.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Learns every group's distribution of every feature.</summary>
    /// <param name="features">n rows × <paramref name="columns"/> columns, row after row; finite.</param>
    /// <param name="columns">d ≥ 1.</param>
    /// <param name="groups">Who belongs to which group, n rows.</param>
    /// <param name="level">λ in [0, 1].</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not finite, or a group has a single row: that is no distribution. The message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is no share.</exception>
    public static DisparateImpactRemover Fit(ReadOnlySpan<double> features, int columns, Groups groups, double level = 1)
    {
        Guard.Share(level);
        MitigationRows.Same(MitigationRows.Rows(features.Length, columns, nameof(features)), groups, "features", nameof(features));
        MitigationRows.Finite(features, columns, "features", nameof(features));
        int[][] rows = RowsByGroup(groups);
        int[] present = [.. Enumerable.Range(0, groups.Count).Where(g => rows[g].Length > 0)];
        if (present.Length == 0)
        {
            throw new ArgumentException("No row has a group; there is nothing to repair.", nameof(groups));
        }

        foreach (int g in present)
        {
            if (rows[g].Length < FewestRows)
            {
                throw new ArgumentException($"Group '{groups.Names[g]}' has one row; a distribution needs at least {FewestRows}. Join it with another group, or leave it out.", nameof(groups));
            }
        }

        var sorted = new double[columns][][];
        for (int j = 0; j < columns; j++)
        {
            sorted[j] = new double[present.Length][];
            for (int k = 0; k < present.Length; k++)
            {
                int[] members = rows[present[k]];
                var values = new double[members.Length];
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = features[(members[i] * columns) + j];
                }

                RadixSort.Sort(values);
                sorted[j][k] = values;
            }
        }

        return new DisparateImpactRemover(level, [.. present.Select(g => groups.Names[g])], sorted);
    }

    /// <summary>Repairs rows, seen or new.</summary>
    /// <param name="features">n rows × <see cref="Columns"/> columns, row after row; finite.</param>
    /// <param name="groups">Who belongs to which group, n rows; groups are found by name.</param>
    /// <returns>The repaired features, in the same shape; the input is not changed.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not finite, or a row's group was not seen.</exception>
    public double[] Transform(ReadOnlySpan<double> features, Groups groups)
    {
        MitigationRows.Same(MitigationRows.Rows(features.Length, Columns, nameof(features)), groups, "features", nameof(features));
        MitigationRows.Finite(features, Columns, "features", nameof(features));
        int[] matched = MitigationRows.Match(Groups, groups);
        var repaired = features.ToArray();
        var quantiles = new double[Groups.Count];
        for (int i = 0; i < repaired.Length; i++)
        {
            int group = matched[i / Columns];
            if (group < 0)
            {
                continue;
            }

            double[][] sorted = _sorted[i % Columns];
            double place = Place(sorted[group], repaired[i]);
            for (int g = 0; g < quantiles.Length; g++)
            {
                quantiles[g] = SortedQuantile.Linear(sorted[g], place);
            }

            repaired[i] = ((1 - Level) * repaired[i]) + (Level * Median(quantiles));
        }

        return repaired;
    }

    private static int[][] RowsByGroup(Groups groups)
    {
        var rows = Enumerable.Range(0, groups.Count).Select(_ => new List<int>()).ToArray();
        ReadOnlySpan<int> codes = groups.Codes;
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0)
            {
                rows[codes[i]].Add(i);
            }
        }

        return [.. rows.Select(list => list.ToArray())];
    }

    /// <summary>F(x) in [0, 1]: the middle of the places of equal values, linear between different ones.</summary>
    private static double Place(double[] sorted, double x)
    {
        int first = FirstAtLeast(sorted, x, 0, sorted.Length);
        double last = sorted.Length - 1;
        if (first == sorted.Length)
        {
            return 1;
        }

        if (sorted[first] != x)
        {
            return first == 0 ? 0 : (first - 1 + ((x - sorted[first - 1]) / (sorted[first] - sorted[first - 1]))) / last;
        }

        int reach = 1; // equal values are few, mostly: look near by, twice as far each time
        while (first + reach < sorted.Length && sorted[first + reach] == x)
        {
            reach *= 2;
        }

        int end = FirstAtLeast(sorted, Math.BitIncrement(x), first, Math.Min(first + reach, sorted.Length));
        return (first + end - 1) / 2.0 / last;
    }

    private static int FirstAtLeast(double[] sorted, double x, int low, int high)
    {
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < x ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] / 2) + (values[half] / 2);
    }
}
