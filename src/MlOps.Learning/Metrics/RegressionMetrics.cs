namespace MlOps.Learning.Metrics;

/// <summary>How far predicted numbers are from the true ones.</summary>
/// <remarks>
/// <c>yᵢ</c> is the truth, <c>fᵢ</c> the prediction, <c>wᵢ</c> the weight (1 where none are given), <c>mean</c> the weighted mean. Every method takes
/// n ≥ 1 finite values on both sides and throws an <see cref="ArgumentException"/> for no rows, unequal lengths, a value not finite or only zero weights,
/// and an <see cref="ArgumentOutOfRangeException"/> for a negative weight. Values equal those of scikit-learn 1.2.
/// </remarks>
public static class RegressionMetrics
{
    /// <summary>MAPE divides by at least this, the distance from 1 to the next double, so that a true 0 costs very much and not ∞.</summary>
    private const double SmallestTruth = 2.220446049250313e-16;

    /// <summary>Mean absolute error: <c>mean |yᵢ − fᵢ|</c>, in the unit of y; 0 is perfect. The median of y is its best constant.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        int n = Check(truth, predicted, weights);
        return RowMean.Of(new AbsoluteErrors(truth, predicted), n, weights);
    }

    /// <summary>Mean squared error: <c>mean (yᵢ − fᵢ)²</c>, in the squared unit of y; 0 is perfect. The mean of y is its best constant.</summary>
    public static double MeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        int n = Check(truth, predicted, weights);
        return RowMean.Of(new SquaredErrors(truth, predicted, 0), n, weights);
    }

    /// <summary>Root of the mean squared error, in the unit of y. At least the mean absolute error; the gap grows with outliers.</summary>
    public static double RootMeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        Math.Sqrt(MeanSquaredError(truth, predicted, weights));

    /// <summary>R²: the share of the variance that is explained, <c>1 − mean (yᵢ − fᵢ)² / mean (yᵢ − ȳ)²</c>, in (−∞, 1].</summary>
    /// <returns>1 is perfect, 0 no better than the constant ȳ. Where all y are equal: 1 if every prediction is right, else 0, as in
    /// scikit-learn. NaN for a single row.</returns>
    public static double RSquared(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        truth.Length == 1 && Check(truth, predicted, weights) == 1
            ? double.NaN
            : 1 - Unexplained(MeanSquaredError(truth, predicted, weights), truth, weights);

    /// <summary>Explained variance: as R², but a constant offset of all predictions costs nothing. <c>1 − Var(y − f) / Var(y)</c>, in (−∞, 1].</summary>
    /// <returns>Where all y are equal: 1 if the errors are all the same, else 0, as in scikit-learn.</returns>
    public static double ExplainedVariance(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        int n = Check(truth, predicted, weights);
        double bias = RowMean.Of(new Errors(truth, predicted), n, weights);
        return 1 - Unexplained(RowMean.Of(new SquaredErrors(truth, predicted, bias), n, weights), truth, weights);
    }

    /// <summary>Mean absolute percentage error as a share: <c>mean |yᵢ − fᵢ| / max(|yᵢ|, 2⁻⁵²)</c>; 0.1 is 10 %. Without meaning where y comes near 0.</summary>
    public static double MeanAbsolutePercentageError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        int n = Check(truth, predicted, weights);
        return RowMean.Of(new PercentageErrors(truth, predicted), n, weights);
    }

    /// <summary>Median of <c>|yᵢ − fᵢ|</c>, in the unit of y: half of the errors are smaller. Deaf to outliers.</summary>
    /// <remarks>Without weights the mean of the middle two for even n; with weights the smallest error at which half the weight is reached.</remarks>
    public static double MedianAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        int n = Check(truth, predicted, weights);
        var errors = new double[n];
        new AbsoluteErrors(truth, predicted).Fill(0, errors);
        if (weights.IsEmpty)
        {
            RadixSort.Sort(errors);
            return n % 2 == 1 ? errors[n / 2] : (errors[(n / 2) - 1] + errors[n / 2]) / 2;
        }

        double[] sorted = weights.ToArray();
        Array.Sort(errors, sorted);
        double half = 0;
        foreach (double weight in sorted)
        {
            half += weight / 2;
        }

        double reached = sorted[0];
        int median = 0;
        while (reached < half && median < n - 1)
        {
            reached += sorted[++median];
        }

        return errors[median];
    }

    /// <summary>Pinball loss of a predicted quantile: <c>mean max(q (yᵢ − fᵢ), (1 − q)(fᵢ − yᵢ))</c>, in the unit of y; 0 is perfect.</summary>
    /// <param name="truth">The true values.</param>
    /// <param name="predicted">The predicted q-quantiles.</param>
    /// <param name="quantile">q in [0, 1]: 0.9 makes an estimate below the truth cost nine times one above. 0.5 gives half the mean absolute error.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quantile"/> is not in [0, 1], or a weight is negative.</exception>
    /// <remarks>Source: R. Koenker, G. Bassett, "Regression Quantiles", Econometrica 46 (1978) 33–50.</remarks>
    public static double Pinball(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double quantile, ReadOnlySpan<double> weights = default)
    {
        Guard.Share(quantile);
        int n = Check(truth, predicted, weights);
        return RowMean.Of(new PinballErrors(truth, predicted, quantile), n, weights);
    }

    /// <summary>The largest <c>|yᵢ − fᵢ|</c>, in the unit of y.</summary>
    public static double MaxError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        int n = Check(truth, predicted, default);
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, Math.Abs(truth[i] - predicted[i]));
        }

        return largest;
    }

    private static int Check(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights)
    {
        int n = MetricInputs.Rows(truth.Length, predicted.Length, nameof(predicted));
        MetricInputs.Finite(truth, nameof(truth));
        MetricInputs.Finite(predicted, nameof(predicted));
        MetricInputs.Weights(weights, n);
        return n;
    }

    /// <summary>The error left, divided by the variance of the truth; 0 or 1 where that is 0.</summary>
    private static double Unexplained(double left, ReadOnlySpan<double> truth, ReadOnlySpan<double> weights)
    {
        double mean = RowMean.Of(new Values(truth), truth.Length, weights);
        double variance = RowMean.Of(new Deviations(truth, mean), truth.Length, weights);
        bool constant = variance == 0 || !truth.ContainsAnyExcept(truth[0]); // a mean is rounded: equal values can seem to vary
        return (left, constant) switch
        {
            (0, _) => 0,
            (_, true) => 1,
            _ => left / variance,
        };
    }

    private readonly ref struct Values(ReadOnlySpan<double> truth) : IRowTerms
    {
        private readonly ReadOnlySpan<double> _truth = truth;

        public void Fill(int start, Span<double> terms) => _truth.Slice(start, terms.Length).CopyTo(terms);
    }

    private readonly ref struct Deviations(ReadOnlySpan<double> truth, double mean) : IRowTerms
    {
        private readonly ReadOnlySpan<double> _truth = truth;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                double deviation = _truth[start + i] - mean;
                terms[i] = deviation * deviation;
            }
        }
    }

    private readonly ref struct Errors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) : IRowTerms
    {
        private readonly ReadOnlySpan<double> _truth = truth;
        private readonly ReadOnlySpan<double> _predicted = predicted;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                terms[i] = _truth[start + i] - _predicted[start + i];
            }
        }
    }

    private readonly ref struct SquaredErrors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double bias) : IRowTerms
    {
        private readonly ReadOnlySpan<double> _truth = truth;
        private readonly ReadOnlySpan<double> _predicted = predicted;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                double error = _truth[start + i] - _predicted[start + i] - bias;
                terms[i] = error * error;
            }
        }
    }

    private readonly ref struct AbsoluteErrors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) : IRowTerms
    {
        private readonly ReadOnlySpan<double> _truth = truth;
        private readonly ReadOnlySpan<double> _predicted = predicted;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                terms[i] = Math.Abs(_truth[start + i] - _predicted[start + i]);
            }
        }
    }

    private readonly ref struct PercentageErrors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) : IRowTerms
    {
        private readonly ReadOnlySpan<double> _truth = truth;
        private readonly ReadOnlySpan<double> _predicted = predicted;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                terms[i] = Math.Abs(_truth[start + i] - _predicted[start + i]) / Math.Max(Math.Abs(_truth[start + i]), SmallestTruth);
            }
        }
    }

    private readonly ref struct PinballErrors(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double quantile) : IRowTerms
    {
        private readonly ReadOnlySpan<double> _truth = truth;
        private readonly ReadOnlySpan<double> _predicted = predicted;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                double error = _truth[start + i] - _predicted[start + i];
                terms[i] = error >= 0 ? quantile * error : (quantile - 1) * error;
            }
        }
    }
}
