using MlOps.Data;

namespace MlOps.Fairness.Individual;

/// <summary>Are people who are alike treated alike? Each prediction against those of the nearest neighbours.</summary>
/// <remarks>
/// <c>consistency = 1 − 1/n · Σᵢ |ŷᵢ − 1/k · Σ_{j ∈ N(i)} ŷⱼ|</c>, N(i) the k rows nearest to row i. 1: everybody is predicted as their neighbours are; in [0, 1]
/// if the predictions are. It says nothing about groups, and it is only as good as the features: the sensitive column and its proxies should
/// usually not be among them.
/// <para>The defaults are AIF360's: k = 5, features as they come, Euclidean distance, and <b>the row itself is one of its k neighbours</b>, which pulls
/// the value towards 1; with <c>includeSelf: false</c> it is as Zemel et al. write it. Features of different units should be standardised. Of rows
/// equally near, the earlier one is nearer; the row itself is always nearest.</para>
/// <para>Brute force: O(n²·d) time. At most <see cref="MaxRows"/> rows.</para>
/// <para>Source: R. Zemel et al., "Learning Fair Representations", ICML 2013, section 4.</para>
/// </remarks>
/// <param name="Value">The consistency; 1 is the best.</param>
/// <param name="Neighbors">k.</param>
/// <param name="IncludesSelf">Whether a row is one of its own neighbours.</param>
/// <param name="Deviations">For each row |ŷᵢ − mean of its neighbours|: the largest are the people to look at.</param>
public sealed record Consistency(double Value, int Neighbors, bool IncludesSelf, IReadOnlyList<double> Deviations)
{
    /// <summary>More rows are refused: the time grows with their square. Take a sample.</summary>
    public const int MaxRows = 50_000;

    /// <summary>Measures consistency on columns of a table; every value of a category is a 0/1 feature.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="features">The columns that say who is alike.</param>
    /// <param name="predictions">One prediction or score a row; decisions as 1 and 0.</param>
    /// <param name="neighbors">k, at least 1, and at most the other rows (all rows with <paramref name="includeSelf"/>).</param>
    /// <param name="includeSelf">Whether a row is one of its own k neighbours.</param>
    /// <param name="standardise">Whether to bring features to mean 0 and deviation 1 first; constant ones then do not count.</param>
    /// <param name="metric">Euclid or cosine.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">As for the other overload; or a number is missing.</exception>
    public static Consistency Of(
        Table table,
        IReadOnlyList<string> features,
        ReadOnlySpan<double> predictions,
        int neighbors = 5,
        bool includeSelf = true,
        bool standardise = false,
        SimilarityMetric metric = SimilarityMetric.Euclid,
        CancellationToken cancellationToken = default)
    {
        (double[] values, int columns) = FeatureRows.Encode(table, features);
        return Of(values, columns, predictions, neighbors, includeSelf, standardise, metric, cancellationToken);
    }

    /// <summary>Measures consistency on n rows × d numbers.</summary>
    /// <param name="features">The numbers, row after row.</param>
    /// <param name="columns">d, at least 1.</param>
    /// <param name="predictions">One prediction or score a row; decisions as 1 and 0.</param>
    /// <param name="neighbors">k, at least 1, and at most the other rows (all rows with <paramref name="includeSelf"/>).</param>
    /// <param name="includeSelf">Whether a row is one of its own k neighbours.</param>
    /// <param name="standardise">Whether to bring features to mean 0 and deviation 1 first; constant ones then do not count.</param>
    /// <param name="metric">Euclid or cosine.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there are more than <see cref="MaxRows"/> rows, a number is not finite, or with cosine a row is all zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many neighbours.</exception>
    public static Consistency Of(
        ReadOnlySpan<double> features,
        int columns,
        ReadOnlySpan<double> predictions,
        int neighbors = 5,
        bool includeSelf = true,
        bool standardise = false,
        SimilarityMetric metric = SimilarityMetric.Euclid,
        CancellationToken cancellationToken = default)
    {
        if (features.Length / Math.Max(columns, 1) > MaxRows)
        {
            throw new ArgumentException($"{features.Length / columns} rows are too many: the time grows with their square. Sample at most {MaxRows}.", nameof(features));
        }

        var rows = FeatureRows.Of(features, columns, metric, standardise);
        double[] scores = Scores.Checked(predictions, rows.Count);
        int most = includeSelf ? rows.Count : rows.Count - 1;
        if (neighbors < 1 || neighbors > most)
        {
            throw new ArgumentOutOfRangeException(nameof(neighbors), neighbors, $"A row has 1 to {most} neighbours here.");
        }

        double[] deviations = new double[rows.Count];
        Parallel.For(
            0,
            rows.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new double[rows.Count],
            (row, _, squares) =>
            {
                rows.SquaredDistances(row, 0, squares);
                squares[row] = includeSelf ? -1 : double.PositiveInfinity; // always the nearest, or never one
                deviations[row] = Math.Abs(scores[row] - MeanOfNearest(squares, scores, neighbors));
                return squares;
            },
            _ => { });
        double sum = 0;
        foreach (double deviation in deviations)
        {
            sum += deviation;
        }

        return new Consistency(1 - (sum / rows.Count), neighbors, includeSelf, deviations);
    }

    /// <summary>Writes the value, k, and what counts as a neighbour.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"consistency {Value:0.####} over {Deviations.Count} rows, {Neighbors} neighbours{(IncludesSelf ? ", the row itself among them" : "")}");

    private static double MeanOfNearest(ReadOnlySpan<double> squares, double[] scores, int k)
    {
        Span<(double Square, int Row)> nearest = k <= 64 ? stackalloc (double, int)[k] : new (double, int)[k];
        int filled = 0;
        for (int i = 0; i < squares.Length; i++)
        {
            if (filled == k && squares[i] >= nearest[k - 1].Square)
            {
                continue;
            }

            int place = filled < k ? filled++ : k - 1;
            while (place > 0 && nearest[place - 1].Square > squares[i])
            {
                nearest[place] = nearest[place - 1];
                place--;
            }

            nearest[place] = (squares[i], i);
        }

        double sum = 0;
        foreach ((_, int row) in nearest)
        {
            sum += scores[row];
        }

        return sum / k;
    }
}
