using MlOps.Charts;

namespace MlOps.Learning.Metrics;

/// <summary>ROC curve: what share of the class is found, and what share of the others raises an alarm, at every threshold.</summary>
/// <param name="FalsePositiveRates">FP / negatives at each threshold, rising from 0 to 1.</param>
/// <param name="TruePositiveRates">TP / positives at each threshold, rising from 0 to 1.</param>
/// <param name="Thresholds">Falling; a row is called positive if its score ≥ the threshold. The first is +∞: no alarm at all.</param>
/// <param name="Area">The area under the curve, see <see cref="RocAuc"/>.</param>
/// <param name="Count">n, the rows it was drawn from.</param>
/// <remarks>Every distinct score is a point, as scikit-learn's <c>roc_curve(drop_intermediate=False)</c>; since 1.3 it too begins with ∞. A rate whose
/// class has no row is NaN throughout, and so is the area.</remarks>
public sealed record RocCurve(
    IReadOnlyList<double> FalsePositiveRates, IReadOnlyList<double> TruePositiveRates, IReadOnlyList<double> Thresholds, double Area, int Count)
{
    /// <summary>Computes the curve of n rows.</summary>
    /// <param name="truth">Which rows are of the positive class: n ≥ 1.</param>
    /// <param name="scores">A finite score for every row, higher where the positive class is likelier.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a score not finite, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static RocCurve Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        RankedScores ranked = RankedScores.Of(truth, scores, weights);
        return new RocCurve(
            Rates(ranked.FalsePositives), Rates(ranked.TruePositives), [double.PositiveInfinity, .. ranked.Thresholds], RocAuc.Area(ranked), truth.Length);
    }

    /// <summary>Draws the curve over the diagonal of chance.</summary>
    /// <exception cref="InvalidOperationException">All rows are of one class.</exception>
    public Figure Chart() => double.IsNaN(Area)
        ? throw new InvalidOperationException("All rows are of one class; there is no curve to draw.")
        : MlOps.Charts.Chart.Line((double[])[.. FalsePositiveRates], (double[])[.. TruePositiveRates], "model", Role.Current, markers: false)
            .Add(MlOps.Charts.Chart.Line([0, 1], [0, 1], "chance", Role.Reference, markers: false))
            .Titled(FormattableString.Invariant($"A case of the class outranks another in {Area:0.0 %} of pairs"), FormattableString.Invariant($"ROC curve, n = {Count:#,0}; area {Area:0.0000}"))
            .XAxis("false positive rate", min: 0, max: 1)
            .YAxis("true positive rate", min: 0, max: 1);

    private static double[] Rates(double[] counts)
    {
        var rates = new double[counts.Length + 1];
        double all = counts[^1];
        rates[0] = all > 0 ? 0 : double.NaN;
        for (int i = 0; i < counts.Length; i++)
        {
            rates[i + 1] = counts[i] / all; // 0/0 is NaN: a class without rows has no rate
        }

        return rates;
    }
}
