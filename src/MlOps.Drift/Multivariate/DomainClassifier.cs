using MathNet.Numerics.Distributions;

namespace MlOps.Drift.Multivariate;

/// <summary>Domain-classifier test: can a model tell current rows from reference rows? If it cannot, nothing it can see has drifted.</summary>
/// <param name="Auc">The share of (reference, current) pairs of held-out rows in which the current row has the higher score, ties counting half;
/// averaged over the folds by their number of pairs. In [0, 1]; 0.5 when the model cannot tell.</param>
/// <param name="Low">Lower end of the 95 % interval of the AUC (Hanley and McNeil).</param>
/// <param name="High">Upper end.</param>
/// <param name="PValue">That an AUC so large comes from chance: one-sided normal approximation to the sum of the folds' Mann–Whitney statistics. The folds
/// share training rows, so their variances (corrected for ties) are added up and multiplied by <c>1 + K / (K − 1)</c>, Nadeau and Bengio's correction.</param>
/// <param name="Chance">The AUC that chance exceeds in one case of twenty at these sizes.</param>
/// <param name="Contributions">How much the AUC falls when a column is shuffled among the held-out rows, in the columns' order: which columns tell the
/// sides apart. About 0, at times below, for a column that does not.</param>
/// <param name="Used">Rows that were used on each side.</param>
/// <remarks>
/// Sees changes that no test of single columns sees, such as two columns that used to rise together. The default model is logistic regression
/// (L2 with λ = 1, Newton steps) on standardised columns, their squares and, up to 12 columns, their products; a drift that none of these shows
/// needs another <see cref="DomainClassifierOptions.Model"/>. Every row is scored by a model that has not seen it; the interval takes those models as given.
/// <para>Source: D. Lopez-Paz, M. Oquab, "Revisiting Classifier Two-Sample Tests", ICLR 2017; J. A. Hanley, B. J. McNeil, Radiology 143 (1982);
/// C. Nadeau, Y. Bengio, "Inference for the Generalization Error", Machine Learning 52 (2003).</para>
/// </remarks>
public sealed record DomainClassifier(
    double Auc, double Low, double High, double PValue, double Chance, IReadOnlyList<double> Contributions, RowCounts Used)
{
    private const double Normal95 = 1.6448536269514722; // one-sided
    private const double Normal975 = 1.959963984540054;

    /// <summary>Tests two samples of rows.</summary>
    /// <param name="reference">n rows × <paramref name="width"/> finite numbers, row after row; at least two rows a fold.</param>
    /// <param name="current">m rows of the same width.</param>
    /// <param name="width">Numbers a row, at least 1.</param>
    /// <param name="options">Model, folds, sample and seed; the defaults if null.</param>
    /// <param name="cancellationToken">Stops between two folds.</param>
    /// <exception cref="ArgumentException">A side has too few rows for the folds, half a row, or numbers that are NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">The model gives another number of scores than rows, or scores that are NaN.</exception>
    public static DomainClassifier Test(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int width, DomainClassifierOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DomainClassifierOptions();
        RowBlock rows = RowBlock.Of(reference, current, width, minRows: 2 * options.Folds).Sample(options.MaxRows, options.Seed);
        FitDomainModel fit = options.Model ?? QuadraticLogistic.Fit;
        double[] pooled = rows.Pooled();
        bool[] isCurrent = new bool[rows.Rows];
        isCurrent.AsSpan(rows.ReferenceRows).Fill(true);
        var random = new Random(options.Seed);
        int[] foldOf = Folds(rows, options.Folds, random);

        var told = new RankSum();
        var shuffled = new RankSum[width];
        for (int fold = 0; fold < options.Folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double[] train, bool[] trainSide) = Part(pooled, width, isCurrent, row => foldOf[row] != fold);
            (double[] test, bool[] testSide) = Part(pooled, width, isCurrent, row => foldOf[row] == fold);
            Func<double[], double[]> score = fit(train, width, trainSide);
            told = told.Add(Scores(score, test, width), testSide);
            double[][] scores = new double[width][];
            for (int column = 0; column < width; column++)
            {
                scores[column] = Scores(score, Shuffled(test, width, column, random), width); // a model need not bear several threads
            }

            Parallel.For(0, width, column => shuffled[column] = shuffled[column].Add(scores[column], testSide));
        }

        double variance = told.Variance * (1 + (options.Folds / (options.Folds - 1.0)));
        double deviation = HanleyMcNeil(told.Auc, rows.ReferenceRows, rows.CurrentRows);
        return new DomainClassifier(
            told.Auc,
            Math.Max(0, told.Auc - (Normal975 * deviation)),
            Math.Min(1, told.Auc + (Normal975 * deviation)),
            variance > 0 ? Normal.CDF(0, 1, -told.Excess / Math.Sqrt(variance)) : 1,
            0.5 + (Normal95 * Math.Sqrt(variance) / told.Pairs),
            Array.ConvertAll(shuffled, without => told.Auc - without.Auc),
            new RowCounts(rows.ReferenceRows, rows.CurrentRows));
    }

    private static int[] Folds(RowBlock rows, int folds, Random random)
    {
        int[] foldOf = new int[rows.Rows];
        for (int i = 0; i < rows.ReferenceRows; i++)
        {
            foldOf[i] = i % folds;
        }

        for (int i = 0; i < rows.CurrentRows; i++)
        {
            foldOf[rows.ReferenceRows + i] = i % folds;
        }

        random.Shuffle(foldOf.AsSpan(0, rows.ReferenceRows)); // each side on its own, so that every fold has its share of both
        random.Shuffle(foldOf.AsSpan(rows.ReferenceRows));
        return foldOf;
    }

    private static (double[] Rows, bool[] IsCurrent) Part(double[] pooled, int width, bool[] isCurrent, Func<int, bool> keep)
    {
        int[] kept = [.. Enumerable.Range(0, isCurrent.Length).Where(keep)];
        double[] rows = new double[kept.Length * width];
        for (int i = 0; i < kept.Length; i++)
        {
            pooled.AsSpan(kept[i] * width, width).CopyTo(rows.AsSpan(i * width));
        }

        return (rows, Array.ConvertAll(kept, row => isCurrent[row]));
    }

    private static double[] Shuffled(double[] rows, int width, int column, Random random)
    {
        int count = rows.Length / width;
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = rows[(i * width) + column];
        }

        random.Shuffle(values);
        double[] changed = [.. rows];
        for (int i = 0; i < count; i++)
        {
            changed[(i * width) + column] = values[i];
        }

        return changed;
    }

    private static double[] Scores(Func<double[], double[]> score, double[] rows, int width)
    {
        double[] scores = score(rows);
        return scores.Length == rows.Length / width && !Array.Exists(scores, double.IsNaN)
            ? scores
            : throw new InvalidOperationException(
                $"The model must give one score a row and no NaN; got {scores.Length} scores for {rows.Length / width} rows, {scores.Count(double.IsNaN)} of them NaN.");
    }

    private static double HanleyMcNeil(double auc, int n, int m)
    {
        double q1 = auc / (2 - auc);
        double q2 = 2 * auc * auc / (1 + auc);
        double variance = ((auc * (1 - auc)) + ((m - 1) * (q1 - (auc * auc))) + ((n - 1) * (q2 - (auc * auc)))) / ((double)n * m);
        return Math.Sqrt(Math.Max(0, variance));
    }
}
