using MlOps.Charts;

namespace MlOps.Learning.Metrics;

/// <summary>Precision-recall curve: how many alarms are right, and how much of the class is found, at every threshold. For rare classes.</summary>
/// <param name="Precisions">TP / (TP + FP) at each threshold, then 1.</param>
/// <param name="Recalls">TP / positives at each threshold, falling from 1, then 0. NaN if there is no positive row.</param>
/// <param name="Thresholds">Rising; one fewer than points, as the last point (no alarm) has none. A row is positive if its score ≥ the threshold.</param>
/// <param name="Prevalence">The share of positive rows: the precision of guessing.</param>
/// <param name="Count">n, the rows it was drawn from.</param>
/// <remarks>Order and end point as scikit-learn's <c>precision_recall_curve</c>. Without a positive row recall is NaN here and 1 there.</remarks>
public sealed record PrecisionRecallCurve(
    IReadOnlyList<double> Precisions, IReadOnlyList<double> Recalls, IReadOnlyList<double> Thresholds, double Prevalence, int Count)
{
    /// <summary>Gets the average precision: <c>Σ (Rᵢ − Rᵢ₊₁) Pᵢ</c>, in [0, 1]; the prevalence for guessing; NaN without a positive row.</summary>
    /// <remarks>A sum of steps: it does not draw lines between points, which flatters. As scikit-learn's <c>average_precision_score</c>.</remarks>
    public double AveragePrecision
    {
        get
        {
            double sum = 0;
            for (int i = Thresholds.Count - 1; i >= 0; i--)
            {
                sum += (Recalls[i] - Recalls[i + 1]) * Precisions[i];
            }

            return sum;
        }
    }

    /// <summary>Gets the area by trapezoids, in [0, 1]; too kind where points are far apart. NaN without a positive row.</summary>
    /// <remarks>Source: J. Davis, M. Goadrich, "The Relationship Between Precision-Recall and ROC Curves", ICML 2006.</remarks>
    public double Area
    {
        get
        {
            double sum = 0;
            for (int i = Thresholds.Count - 1; i >= 0; i--)
            {
                sum += (Recalls[i] - Recalls[i + 1]) * (Precisions[i] + Precisions[i + 1]) / 2;
            }

            return sum;
        }
    }

    /// <summary>Computes the curve of n rows.</summary>
    /// <param name="truth">Which rows are of the positive class: n ≥ 1.</param>
    /// <param name="scores">A finite score for every row, higher where the positive class is likelier.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a score not finite, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        RankedScores ranked = RankedScores.Of(truth, scores, weights);
        int points = ranked.Thresholds.Length;
        var precisions = new double[points + 1];
        var recalls = new double[points + 1];
        for (int i = 0; i < points; i++)
        {
            double found = ranked.TruePositives[i];
            precisions[points - 1 - i] = found / (found + ranked.FalsePositives[i]);
            recalls[points - 1 - i] = found / ranked.Positives;
        }

        precisions[points] = 1;
        recalls[points] = ranked.Positives > 0 ? 0 : double.NaN;
        Array.Reverse(ranked.Thresholds);
        double prevalence = ranked.Positives / (ranked.Positives + ranked.Negatives);
        return new PrecisionRecallCurve(precisions, recalls, ranked.Thresholds, prevalence, truth.Length);
    }

    /// <summary>Returns the most precise threshold that still finds enough: how good can alarms be if at most 1 − floor of the class may be missed?</summary>
    /// <param name="floor">The recall to keep, in [0, 1].</param>
    /// <returns>The point of the highest precision with recall ≥ floor; of equals the one with the higher recall.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is not in [0, 1].</exception>
    /// <exception cref="InvalidOperationException">There is no positive row, so no recall.</exception>
    public OperatingPoint PrecisionAtRecall(double floor)
    {
        Guard.Share(floor);
        Drawable();
        int best = 0; // the lowest threshold finds everything, so there is always one
        for (int i = 1; i < Thresholds.Count && Recalls[i] >= floor; i++)
        {
            best = Precisions[i] > Precisions[best] ? i : best;
        }

        return new OperatingPoint(Thresholds[best], Precisions[best], Recalls[best]);
    }

    /// <summary>Draws the curve over the precision of guessing.</summary>
    /// <exception cref="InvalidOperationException">There is no positive row.</exception>
    public Figure Chart()
    {
        Drawable();
        return MlOps.Charts.Chart.Line((double[])[.. Recalls], (double[])[.. Precisions], "model", Role.Current, markers: false)
            .Titled(FormattableString.Invariant($"Average precision {AveragePrecision:0.000}, against {Prevalence:0.000} by guessing"), FormattableString.Invariant($"precision-recall curve, n = {Count:#,0}"))
            .XAxis("recall", min: 0, max: 1)
            .YAxis("precision", min: 0, max: 1)
            .Threshold(Prevalence, "guessing: the prevalence", Role.Reference);
    }

    private void Drawable()
    {
        if (double.IsNaN(Recalls[^1]))
        {
            throw new InvalidOperationException("No row is of the positive class; recall is undefined.");
        }
    }
}
