namespace MlOps.Drift.Estimation;

/// <summary>Accuracy and macro-F1 of k classes in expectation, with the variance that the labels bring.</summary>
/// <remarks>A row of class probabilities p moves a metric by g(c) if it turns out to be c: <c>Var = Σ rows [Σ_c p_c g(c)² − (Σ_c p_c g(c))²]</c>.</remarks>
internal sealed record MulticlassMetrics(double Accuracy, double AccuracyVariance, double MacroF1, double MacroF1Variance)
{
    internal static MulticlassMetrics Of(ReadOnlySpan<double> rows, int classes, ScoreCalibration[] curves)
    {
        int n = rows.Length / classes;
        double[] p = Calibrated(rows, classes, curves);
        int[] decided = Decisions(rows, classes);
        double[] hits = new double[classes];
        double[] total = new double[classes]; // decided + expected
        double right = 0, rightVariance = 0;
        for (int i = 0; i < n; i++)
        {
            double chance = p[(i * classes) + decided[i]];
            right += chance;
            rightVariance += chance * (1 - chance);
            hits[decided[i]] += chance;
            total[decided[i]]++;
            for (int c = 0; c < classes; c++)
            {
                total[c] += p[(i * classes) + c];
            }
        }

        double[] f1 = [.. hits.Select((hit, c) => total[c] == 0 ? 0 : 2 * hit / total[c])];
        double macroVariance = 0;
        for (int i = 0; i < n; i++)
        {
            double mean = 0, square = 0;
            for (int c = 0; c < classes; c++)
            {
                double chance = p[(i * classes) + c];
                double influence = chance == 0 ? 0 : ((decided[i] == c ? 2 : 0) - f1[c]) / total[c] / classes;
                mean += chance * influence;
                square += chance * influence * influence;
            }

            macroVariance += square - (mean * mean);
        }

        return new MulticlassMetrics(right / n, rightVariance / ((double)n * n), n == 0 ? double.NaN : f1.Average(), macroVariance);
    }

    internal static (double Accuracy, double MacroF1) Realised(ReadOnlySpan<double> rows, int classes, ReadOnlySpan<int> labels)
    {
        int[] decided = Decisions(rows, classes);
        int[] hits = new int[classes];
        int[] total = new int[classes];
        for (int i = 0; i < decided.Length; i++)
        {
            hits[decided[i]] += decided[i] == labels[i] ? 1 : 0;
            total[decided[i]]++;
            total[labels[i]]++;
        }

        return ((double)hits.Sum() / decided.Length, decided.Length == 0 ? double.NaN : hits.Select((hit, c) => total[c] == 0 ? 0 : 2.0 * hit / total[c]).Average());
    }

    private static int[] Decisions(ReadOnlySpan<double> rows, int classes)
    {
        int[] decided = new int[rows.Length / classes];
        for (int i = 0; i < decided.Length; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(i * classes, classes);
            for (int c = 1; c < classes; c++)
            {
                decided[i] = row[c] > row[decided[i]] ? c : decided[i];
            }
        }

        return decided;
    }

    private static double[] Calibrated(ReadOnlySpan<double> rows, int classes, ScoreCalibration[] curves)
    {
        double[] p = new double[rows.Length];
        for (int start = 0; start < rows.Length; start += classes)
        {
            double total = 0;
            for (int c = 0; c < classes; c++)
            {
                total += p[start + c] = curves[c].Calibrate(rows[start + c]);
            }

            for (int c = 0; c < classes; c++)
            {
                p[start + c] = total > 0 ? p[start + c] / total : 1.0 / classes; // no class is thought possible: none is preferred
            }
        }

        return p;
    }
}
