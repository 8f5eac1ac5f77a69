namespace MlOps.Drift.Multivariate;

/// <summary>Energy test: do two samples of rows come from one law, whatever the law and the shape of the difference?</summary>
/// <param name="Statistic"><c>E = 2·mean|xᵢ − yⱼ| − mean|xᵢ − xⱼ| − mean|yᵢ − yⱼ|</c> over all ordered pairs, a row with itself included (distance 0).
/// In the unit of the rows; ≥ 0, and 0 only for equal empirical laws.</param>
/// <param name="PValue">The permutation p-value <c>(1 + #{permuted ≥ E}) / (1 + B)</c>.</param>
/// <param name="Chance">What E exceeds by chance in one case of twenty at these sizes: the 95 % quantile of the permuted statistics.</param>
/// <param name="Used">Rows that were compared on each side.</param>
/// <remarks>
/// Distances are Euclidean, so columns of larger unit weigh more: standardise them first. For one column √E equals
/// <c>scipy.stats.energy_distance</c>. O((n + m)² · (d + B)).
/// <para>Source: G. J. Székely, M. L. Rizzo, "Energy statistics: A class of statistics based on distances", J. Stat. Plan. Inference 143 (2013).</para>
/// </remarks>
public sealed record EnergyTest(double Statistic, double PValue, double Chance, RowCounts Used)
{
    /// <summary>Gets √E, the energy distance.</summary>
    public double Distance => Math.Sqrt(Math.Max(0, Statistic));

    /// <summary>Tests two samples of rows.</summary>
    /// <param name="reference">n ≥ 2 rows × <paramref name="width"/> finite numbers, row after row.</param>
    /// <param name="current">m ≥ 2 rows of the same width.</param>
    /// <param name="width">Numbers a row, at least 1.</param>
    /// <param name="options">Permutations, sample and seed; the defaults if null.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="ArgumentException">A side has fewer than 2 rows, half a row, or numbers that are NaN or infinite.</exception>
    public static EnergyTest Test(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int width = 1, PermutationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PermutationOptions();
        RowBlock rows = RowBlock.Of(reference, current, width, minRows: 2).Sample(options.MaxRows, options.Seed);
        PairTable distances = PairTable.SquaredDistances(rows, cancellationToken).Map(static (squares, to) => System.Numerics.Tensors.TensorPrimitives.Sqrt(squares, to));
        double statistic = -distances.Sums().Biased;
        double[] permuted = Array.ConvertAll(distances.Permuted(options.Permutations, options.Seed, cancellationToken), sums => -sums.Biased);
        return new EnergyTest(statistic, PermutationP.Of(statistic, permuted), PermutationP.Chance(permuted), new RowCounts(rows.ReferenceRows, rows.CurrentRows));
    }
}
