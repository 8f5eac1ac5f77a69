namespace MlOps.Explain.Effects;

/// <summary>The grid, rows and bands of dependence curves.</summary>
public sealed record DependenceOptions
{
    /// <summary>Gets how many points the grid of a number has at most, ≥ 2. A feature with fewer different values has a point for each.</summary>
    /// <value>100, as scikit-learn.</value>
    public int GridPoints { get; init; } = 100;

    /// <summary>Gets the quantile where the grid begins, in [0, 1).</summary>
    /// <value>0.05.</value>
    public double LowQuantile { get; init; } = 0.05;

    /// <summary>Gets the quantile where the grid ends, in (0, 1].</summary>
    /// <value>0.95.</value>
    public double HighQuantile { get; init; } = 0.95;

    /// <summary>Gets how many rows are used at most, ≥ 1; of more, this many are drawn by the seed.</summary>
    /// <value>10,000.</value>
    public int MaxRows { get; init; } = 10_000;

    /// <summary>Gets how often rows are drawn again for the band, ≥ 0; 0 draws none. Bands are computed only below 1,000 rows, beyond they would be thinner than the line.</summary>
    /// <value>200.</value>
    public int Resamples { get; init; } = 200;

    /// <summary>Gets the confidence of the band, in (0, 1).</summary>
    /// <value>0.95.</value>
    public double Level { get; init; } = 0.95;

    /// <summary>Gets the seed of drawn rows and of the band.</summary>
    /// <value>7.</value>
    public int Seed { get; init; } = 7;

    /// <summary>Rows from which on no band is drawn.</summary>
    internal const int BandBelow = 1000;

    internal DependenceOptions Checked()
    {
        Guard.AtLeast(GridPoints, 2);
        Guard.AtLeast(MaxRows, 1);
        Guard.AtLeast(Resamples, 0);
        Guard.Share(LowQuantile);
        Guard.Share(HighQuantile);
        return LowQuantile < HighQuantile && Guard.Share(Level) is not (0 or 1)
            ? this
            : throw new ArgumentOutOfRangeException(nameof(LowQuantile), LowQuantile, FormattableString.Invariant($"The low quantile must be below the high one ({HighQuantile}), and the level ({Level}) between 0 and 1."));
    }

    /// <summary>The rows to use: all, or as many as allowed, drawn by the seed and in their order.</summary>
    internal Learning.Matrix Rows(Learning.Matrix x)
    {
        if (x.RowCount <= MaxRows)
        {
            return x;
        }

        int[] order = [.. Enumerable.Range(0, x.RowCount)];
        new Random(Seed).Shuffle(order);
        return x.Take([.. order.Take(MaxRows).Order()]);
    }
}
