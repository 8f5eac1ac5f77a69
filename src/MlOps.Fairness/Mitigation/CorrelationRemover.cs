namespace MlOps.Fairness.Mitigation;

/// <summary>Takes from every feature what a straight line can predict of it from the sensitive columns: afterwards none is correlated with them.</summary>
/// <remarks>
/// <c>x' = x − α · (s − s̄) · B</c>, with <c>s̄</c> the mean of each sensitive column and <c>B</c> the least-squares coefficients of x on s − s̄ over the rows it
/// was fitted on. α = 1 removes all correlation, α = 0 nothing. Every column is centred by its own mean; Fairlearn's CorrelationRemover takes one
/// mean of all sensitive columns together, and with two of them whose means differ leaves correlation behind. Only linear dependence goes; a forest may still find the group.
/// A sensitive column that repeats others (one of the indicators of a group) gets coefficients 0. As a formula the repair is a matrix and a vector:
/// it can be joined with a linear model's coefficients. O(n · k · (k + d)) for k sensitive and d other columns.
/// </remarks>
public sealed class CorrelationRemover
{
    /// <summary>A column of which less than this share of its length is left beside the others repeats them, but for rounding.</summary>
    private const double Repeats = 1e-10;

    private readonly double[] _means;
    private readonly double[] _coefficients;
    private readonly IReadOnlyList<string>? _groups;

    private CorrelationRemover(double alpha, int columns, double[] means, double[] coefficients, IReadOnlyList<string>? groups) =>
        (Alpha, Columns, _means, _coefficients, _groups) = (alpha, columns, means, coefficients, groups);

    /// <summary>Gets α, the share that is removed, in [0, 1].</summary>
    public double Alpha { get; }

    /// <summary>Gets the number of features, d.</summary>
    public int Columns { get; }

    /// <summary>Gets the number of sensitive columns, k.</summary>
    public int SensitiveColumns => _means.Length;

    /// <summary>Gets s̄, the mean of each sensitive column.</summary>
    public IReadOnlyList<double> SensitiveMeans => _means;

    /// <summary>Gets B, k rows × d columns, row after row.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>Learns what the sensitive columns say of the features.</summary>
    /// <param name="features">n rows × <paramref name="columns"/> columns, row after row, without the sensitive ones; finite.</param>
    /// <param name="columns">d ≥ 1.</param>
    /// <param name="sensitive">n rows × <paramref name="sensitiveColumns"/> columns, row after row; finite.</param>
    /// <param name="sensitiveColumns">k ≥ 1.</param>
    /// <param name="alpha">α in [0, 1].</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α is no share.</exception>
    public static CorrelationRemover Fit(ReadOnlySpan<double> features, int columns, ReadOnlySpan<double> sensitive, int sensitiveColumns, double alpha = 1)
    {
        Check(features, columns, sensitive, sensitiveColumns);
        return Fit(features, columns, sensitive, sensitiveColumns, alpha, null);
    }

    /// <summary>Learns what the group says of the features: one indicator a group stands for the sensitive columns.</summary>
    /// <param name="features">n rows × <paramref name="columns"/> columns, row after row; finite.</param>
    /// <param name="columns">d ≥ 1.</param>
    /// <param name="groups">Who belongs to which group, n rows. A row without a group is a row where all indicators are 0.</param>
    /// <param name="alpha">α in [0, 1].</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not finite, or no row has a group.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α is no share.</exception>
    public static CorrelationRemover Fit(ReadOnlySpan<double> features, int columns, Groups groups, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(groups);
        int[] present = [.. groups.Codes.ToArray().Where(code => code >= 0).Distinct().Order()];
        if (present.Length == 0)
        {
            throw new ArgumentException("No row has a group; there is nothing to remove.", nameof(groups));
        }

        string[] names = [.. present.Select(code => groups.Names[code])];
        double[] indicators = Indicators(names, groups);
        Check(features, columns, indicators, names.Length);
        return Fit(features, columns, indicators, names.Length, alpha, names);
    }

    /// <summary>Repairs rows, seen or new.</summary>
    /// <param name="features">n rows × <see cref="Columns"/> columns, row after row; finite.</param>
    /// <param name="sensitive">n rows × <see cref="SensitiveColumns"/> columns, row after row; finite.</param>
    /// <returns>The repaired features, in the same shape; the input is not changed.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or a number is not finite.</exception>
    public double[] Transform(ReadOnlySpan<double> features, ReadOnlySpan<double> sensitive)
    {
        int rows = Check(features, Columns, sensitive, SensitiveColumns);
        var repaired = features.ToArray();
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = repaired.AsSpan(i * Columns, Columns);
            for (int k = 0; k < SensitiveColumns; k++)
            {
                double shift = Alpha * (sensitive[(i * SensitiveColumns) + k] - _means[k]);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] -= shift * _coefficients[(k * Columns) + j];
                }
            }
        }

        return repaired;
    }

    /// <summary>Repairs rows by their group, if it was fitted on groups.</summary>
    /// <param name="features">n rows × <see cref="Columns"/> columns, row after row; finite.</param>
    /// <param name="groups">Who belongs to which group, n rows; groups are found by name.</param>
    /// <exception cref="InvalidOperationException">It was fitted on sensitive columns of numbers.</exception>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not finite, or a row's group was not seen.</exception>
    public double[] Transform(ReadOnlySpan<double> features, Groups groups) => _groups is null
        ? throw new InvalidOperationException("This remover was fitted on sensitive columns of numbers; give it those.")
        : Transform(features, Indicators(_groups, groups));

    private static double[] Indicators(IReadOnlyList<string> names, Groups groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        int[] matched = MitigationRows.Match(names, groups);
        var indicators = new double[matched.Length * names.Count];
        for (int i = 0; i < matched.Length; i++)
        {
            if (matched[i] >= 0)
            {
                indicators[(i * names.Count) + matched[i]] = 1;
            }
        }

        return indicators;
    }

    private static int Check(ReadOnlySpan<double> features, int columns, ReadOnlySpan<double> sensitive, int sensitiveColumns)
    {
        int rows = MitigationRows.Rows(features.Length, columns, nameof(features));
        MitigationRows.Same(rows, MitigationRows.Rows(sensitive.Length, sensitiveColumns, nameof(sensitive)), "features", "sensitive values", nameof(sensitive));
        MitigationRows.Finite(features, columns, "features", nameof(features));
        MitigationRows.Finite(sensitive, sensitiveColumns, "sensitive", nameof(sensitive));
        return rows;
    }

    private static CorrelationRemover Fit(ReadOnlySpan<double> features, int columns, ReadOnlySpan<double> sensitive, int sensitiveColumns, double alpha, IReadOnlyList<string>? groups)
    {
        Guard.Share(alpha);
        int n = features.Length / columns;
        var means = new double[sensitiveColumns];
        var directions = new List<double[]>(); // orthonormal, of the columns that add something
        var mix = new List<double[]>(); // each direction as a combination of the centred columns
        for (int k = 0; k < sensitiveColumns; k++)
        {
            double[] column = Centred(sensitive, sensitiveColumns, k, n, out means[k]);
            double length = Math.Sqrt(Dot(column, column));
            var combination = new double[sensitiveColumns];
            combination[k] = 1;
            for (int pass = 0; pass < 2; pass++) // twice is enough: what rounding left of the first pass goes in the second
            {
                for (int r = 0; r < directions.Count; r++)
                {
                    double along = Dot(column, directions[r]);
                    Subtract(column, directions[r], along);
                    Subtract(combination, mix[r], along);
                }
            }

            double left = Math.Sqrt(Dot(column, column));
            if (left > Repeats * length && left > Repeats * Math.Sqrt(n) * Math.Abs(means[k])) // a constant column is centred to rounding errors of its mean
            {
                directions.Add([.. column.Select(v => v / left)]);
                mix.Add([.. combination.Select(v => v / left)]);
            }
        }

        var coefficients = new double[sensitiveColumns * columns];
        for (int j = 0; j < columns; j++)
        {
            double[] feature = Centred(features, columns, j, n, out _);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int r = 0; r < directions.Count; r++)
                {
                    double along = Dot(feature, directions[r]);
                    Subtract(feature, directions[r], along);
                    for (int k = 0; k < sensitiveColumns; k++)
                    {
                        coefficients[(k * columns) + j] += along * mix[r][k];
                    }
                }
            }
        }

        return new CorrelationRemover(alpha, columns, means, coefficients, groups);
    }

    private static double[] Centred(ReadOnlySpan<double> table, int columns, int column, int n, out double mean)
    {
        var values = new double[n];
        mean = 0;
        for (int i = 0; i < n; i++)
        {
            values[i] = table[(i * columns) + column];
            mean += (values[i] - mean) / (i + 1);
        }

        for (int i = 0; i < n; i++)
        {
            values[i] -= mean;
        }

        return values;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0; // in row order: equal bytes on every machine
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Subtract(double[] from, double[] what, double times)
    {
        for (int i = 0; i < from.Length; i++)
        {
            from[i] -= times * what[i];
        }
    }
}
