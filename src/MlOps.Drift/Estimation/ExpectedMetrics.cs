namespace MlOps.Drift.Estimation;

/// <summary>Every metric of a two-class model in expectation over independent labels, with the variance that the labels bring.</summary>
/// <remarks>
/// Row i is true with probability pᵢ. Counts and sums of losses have exact expectations; ratios are the ratio of the two expectations. For ROC AUC and
/// average precision the numerators are sums over pairs of rows, whose expectations leave out a row's pair with itself (it cannot be true and
/// false at once; it is certainly beside itself). The variance is that of the Poisson–binomial law carried through the first derivatives:
/// <c>Var = Σ (∂M/∂yᵢ)² pᵢ (1 − pᵢ)</c>, exact for accuracy, precision, Brier score and log loss. Equal scores are one entry.
/// </remarks>
internal sealed class ExpectedMetrics
{
    private readonly double[] _values = new double[BinaryMetrics.All.Length];
    private readonly double[] _variances = new double[BinaryMetrics.All.Length];

    internal ExpectedConfusion Confusion { get; private init; } = new(0, 0, 0, 0);

    internal ReadOnlySpan<double> Values => _values;

    internal ReadOnlySpan<double> Variances => _variances;

    /// <summary>Computes everything.</summary>
    /// <param name="rows">Scores ascending, and how many rows have each.</param>
    /// <param name="p">The probability of each score.</param>
    /// <param name="threshold">Decided positive from here on.</param>
    /// <param name="probabilities">Whether scores are probabilities, so that Brier score and log loss exist.</param>
    internal static ExpectedMetrics Of(ScoreGroups rows, ReadOnlySpan<double> p, double threshold, bool probabilities)
    {
        ReadOnlySpan<double> scores = rows.Scores;
        ReadOnlySpan<double> counts = rows.Counts;
        int first = rows.FirstAtLeast(threshold);
        (double below, double rowsBelow) = Sums(p[..first], counts[..first]);
        (double hits, double decided) = Sums(p[first..], counts[first..]);
        var confusion = new ExpectedConfusion(hits, decided - hits, below, rowsBelow - below);
        var metrics = new ExpectedMetrics { Confusion = confusion };
        for (int m = 0; m < 5; m++)
        {
            metrics._values[m] = confusion.Of(BinaryMetrics.All[m]);
        }

        metrics.AddDecisionVariances(p, counts, first);
        metrics.AddRanking(p, counts, hits + below, decided + rowsBelow);
        metrics.AddLosses(scores, counts, p, probabilities);
        return metrics;
    }

    private static (double Probability, double Count) Sums(ReadOnlySpan<double> p, ReadOnlySpan<double> counts)
    {
        double probability = 0, count = 0;
        for (int i = 0; i < p.Length; i++)
        {
            probability += counts[i] * p[i];
            count += counts[i];
        }

        return (probability, count);
    }

    /// <summary>Within one decision every row has the same influence on a metric, so the two sums of p (1 − p) are enough.</summary>
    private void AddDecisionVariances(ReadOnlySpan<double> p, ReadOnlySpan<double> counts, int first)
    {
        double spreadNo = 0, spreadYes = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double spread = counts[i] * p[i] * (1 - p[i]);
            spreadNo += i < first ? spread : 0;
            spreadYes += i < first ? 0 : spread;
        }

        double n = Confusion.Total;
        double decided = Confusion.TruePositives + Confusion.FalsePositives;
        double positives = Confusion.TruePositives + Confusion.FalseNegatives;
        double negatives = n - positives;
        (double recall, double specificity, double f1) = (_values[2], _values[3], _values[4]);
        _variances[0] = (spreadNo + spreadYes) / (n * n);
        _variances[1] = spreadYes / (decided * decided);
        _variances[2] = Weighted(recall / positives, (1 - recall) / positives);
        _variances[3] = Weighted((1 - specificity) / negatives, specificity / negatives);
        _variances[4] = Weighted(f1 / (positives + decided), (2 - f1) / (positives + decided));

        double Weighted(double influenceNo, double influenceYes) => (influenceNo * influenceNo * spreadNo) + (influenceYes * influenceYes * spreadYes);
    }

    /// <summary>ROC AUC and average precision, ascending: what lies below a row is known, what lies above is the rest.</summary>
    private void AddRanking(ReadOnlySpan<double> p, ReadOnlySpan<double> counts, double positives, double n)
    {
        double won = 0, ranked = 0, spread = 0, positivesBelow = 0, rowsBelow = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double hits = counts[i] * p[i];
            double misses = counts[i] - hits;
            double v = hits * (1 - p[i]);
            won += (hits * (rowsBelow - positivesBelow)) + (0.5 * ((hits * misses) - v));
            ranked += ((hits * (positives - positivesBelow)) + v) / (n - rowsBelow);
            spread += v;
            positivesBelow += hits;
            rowsBelow += counts[i];
        }

        double pairs = (positives * (n - positives)) - spread;
        double area = won / pairs;
        double precision = ranked / positives;
        (double areaVariance, double precisionVariance) = RankingVariances(p, counts, positives, n, area, precision);
        (_values[5], _variances[5]) = (area, areaVariance / (pairs * pairs));
        (_values[6], _variances[6]) = (precision, precisionVariance / (positives * positives));
    }

    private static (double Area, double Precision) RankingVariances(
        ReadOnlySpan<double> p, ReadOnlySpan<double> counts, double positives, double n, double area, double precision)
    {
        double areaSum = 0, precisionSum = 0, positivesBelow = 0, rowsBelow = 0, lowerThresholds = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double hits = counts[i] * p[i];
            double misses = counts[i] - hits;
            double v = hits * (1 - p[i]);
            double beats = rowsBelow - positivesBelow + (0.5 * (misses - (1 - p[i]))); // false rows a true row here would beat
            double beatenBy = positives - positivesBelow - hits + (0.5 * (hits - p[i])); // true rows that would beat a false row here
            double newPairs = n - 1 - (2 * (positives - p[i]));
            double onArea = beats - beatenBy - (area * newPairs);
            areaSum += v * onArea * onArea;

            double above = positives - positivesBelow;
            double rowsAbove = n - rowsBelow;
            lowerThresholds += hits / rowsAbove; // a hit here raises the precision at every threshold below
            double onPrecision = (above / rowsAbove) + lowerThresholds - precision;
            precisionSum += v * onPrecision * onPrecision;
            positivesBelow += hits;
            rowsBelow += counts[i];
        }

        return (areaSum, precisionSum);
    }

    private void AddLosses(ReadOnlySpan<double> scores, ReadOnlySpan<double> counts, ReadOnlySpan<double> p, bool probabilities)
    {
        if (!probabilities)
        {
            (_values[7], _values[8], _variances[7], _variances[8]) = (double.NaN, double.NaN, double.NaN, double.NaN);
            return;
        }

        double n = Confusion.Total;
        double brier = 0, brierSpread = 0, logLoss = 0, logLossSpread = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double s = scores[i];
            double hits = counts[i] * p[i];
            double misses = counts[i] - hits;
            double v = hits * (1 - p[i]);
            brier += (hits * (1 - s) * (1 - s)) + (misses * s * s);
            brierSpread += v * (1 - (2 * s)) * (1 - (2 * s));
            double clipped = Math.Clamp(s, BinaryMetrics.SmallestProbability, 1 - BinaryMetrics.SmallestProbability);
            double ifTrue = -Math.Log(clipped);
            double ifFalse = -Math.Log(1 - clipped);
            logLoss += (hits * ifTrue) + (misses * ifFalse);
            logLossSpread += v * (ifTrue - ifFalse) * (ifTrue - ifFalse);
        }

        (_values[7], _variances[7]) = (brier / n, brierSpread / (n * n));
        (_values[8], _variances[8]) = (logLoss / n, logLossSpread / (n * n));
    }
}
