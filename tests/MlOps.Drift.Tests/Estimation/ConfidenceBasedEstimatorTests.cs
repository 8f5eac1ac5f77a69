using MlOps.Drift.Estimation;
using static MlOps.Drift.Tests.Estimation.EstimationReferences;

namespace MlOps.Drift.Tests.Estimation;

public sealed class ConfidenceBasedEstimatorTests
{
    private static readonly ConfidenceBasedOptions Quick = new() { Replicates = 30 };

    /// <summary>An overconfident model: what it calls s happens with this probability.</summary>
    private static double Overconfident(double s) => 0.15 + (0.6 * s);

    [Theory]
    [InlineData(CalibrationMethod.Automatic)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Estimate_CovariateShift_CoversTheRealisedValuesAsPromised(CalibrationMethod method)
    {
        const int Rounds = 50;
        int[] covered = new int[BinaryMetrics.All.Length];
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(1000 + round);
            (double[] scores, bool[] labels) = Draw(random, 3000, r => r.NextDouble(), Overconfident);
            var estimator = ConfidenceBasedEstimator.Fit(scores, labels, Quick with { Calibration = method, Seed = round });
            (double[] later, bool[] truth) = Draw(random, 1000, r => Math.Sqrt(r.NextDouble()), Overconfident); // higher scores than before
            PerformancePeriod period = estimator.Estimate(later, Chunks.ByNumber(later.Length, 1), truth).Periods[0];
            for (int m = 0; m < covered.Length; m++)
            {
                covered[m] += period.Estimates[m].Covered == true ? 1 : 0;
            }
        }

        // Binomial(50, 0.95) is 43 or more with probability 0.99; two less are allowed for nine metrics. The 400 simulations of bench/estimation are sharper.
        Assert.All(covered, count => Assert.InRange(count, 41, Rounds));
    }

    [Fact]
    public void Estimate_ConceptShift_DoesNotSeeIt()
    {
        var random = new Random(5);
        (double[] scores, bool[] labels) = Draw(random, 5000, r => r.NextDouble(), s => s);
        (double[] same, bool[] truth) = Draw(random, 5000, r => r.NextDouble(), s => 1 - s); // the same inputs now mean the opposite
        PerformanceReport report = ConfidenceBasedEstimator.Fit(scores, labels, Quick).Estimate(same, Chunks.ByNumber(5000, 5), truth);

        Assert.All(report[PerformanceMetric.Accuracy], accuracy =>
        {
            Assert.InRange(accuracy.Value, 0.72, 0.78); // still believes in 3/4
            Assert.InRange(accuracy.Realised!.Value, 0.2, 0.3);
        });
        Assert.Equal(0, report.Coverage(PerformanceMetric.Accuracy));
        Assert.Contains("concept shift", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_Reference_EqualsItsLabelsOnAverage()
    {
        (double[] scores, bool[] labels) = Draw(new Random(6), 4000, r => r.NextDouble(), Overconfident);
        var estimator = ConfidenceBasedEstimator.Fit(scores, labels, Quick with { Calibration = CalibrationMethod.Isotonic });

        // Isotonic regression keeps the share of positives, so the expected number of true rows is the real one.
        ExpectedConfusion confusion = estimator.Confusion(scores);
        Assert.Equal(labels.Count(label => label), confusion.TruePositives + confusion.FalseNegatives, 1e-6);
        Assert.True(estimator.Reference[PerformanceMetric.Accuracy].Covered);
    }

    [Fact]
    public void Estimate_RanksAndDecisions_AreThoseOfTheRawScores()
    {
        (double[] scores, bool[] labels) = Draw(new Random(8), 2000, r => Math.Round(3 * Normal(r), 1), s => Logistic(s - 1));
        var estimator = ConfidenceBasedEstimator.Fit(scores, labels, Quick with { Threshold = 1.5, Calibration = CalibrationMethod.Isotonic });
        PerformancePeriod reference = estimator.Reference;

        Assert.False(estimator.ScoresAreProbabilities);
        Assert.Equal(7, reference.Estimates.Count); // no Brier score, no log loss
        Assert.Equal(AreaUnderCurve.Measure(scores, labels).Area, reference[PerformanceMetric.RocAuc].Realised!.Value, 1e-12);
        Assert.Equal(BinaryMetrics.Compute(PerformanceMetric.Accuracy, scores, labels, 1.5), reference[PerformanceMetric.Accuracy].Realised!.Value, 1e-12);
    }

    [Fact]
    public void Estimate_EqualSeeds_EqualNumbers()
    {
        (double[] scores, bool[] labels) = Draw(new Random(9), 1000, r => r.NextDouble(), Overconfident);
        string[] shown = [.. Enumerable.Range(0, 2).Select(_ => ConfidenceBasedEstimator.Fit(scores, labels, Quick).Estimate(scores).ToString())];

        Assert.Equal(shown[0], shown[1]);
    }

    [Fact]
    public void Estimate_LargerReference_HasSmallerReferenceError()
    {
        (double[] scores, bool[] labels) = Draw(new Random(10), 16000, r => r.NextDouble(), Overconfident);
        double small = ConfidenceBasedEstimator.Fit(scores.AsSpan(0, 1000), labels.AsSpan(0, 1000), Quick).Estimate(scores).Only(PerformanceMetric.Accuracy).ReferenceError;
        double large = ConfidenceBasedEstimator.Fit(scores, labels, Quick).Estimate(scores).Only(PerformanceMetric.Accuracy).ReferenceError;

        Assert.InRange(small / large, 2.5, 6.5); // √16 = 4, both with the error of 30 replicates
    }

    [Fact]
    public void Estimate_EmptyPeriods_AreNaNAndShown()
    {
        (double[] scores, bool[] labels) = Draw(new Random(13), 300, r => r.NextDouble(), s => s);
        DateTime[] times = [.. Enumerable.Range(0, 300).Select(i => new DateTime(2024, i < 150 ? 1 : 3, 5))];
        PerformanceReport report = ConfidenceBasedEstimator.Fit(scores, labels, Quick).Estimate(scores, Chunks.ByTime(times, ChunkPeriod.Month), labels);

        Assert.Equal(["2024-01", "2024-02", "2024-03"], report.Periods.Select(period => period.Label));
        Assert.Equal(0, report.Periods[1].Count);
        Assert.Equal(double.NaN, report.Periods[1][PerformanceMetric.RocAuc].Value);
        Assert.Contains("<table", report.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.Contains("realised", report.Chart(PerformanceMetric.Accuracy).ToPlotlyJson(), StringComparison.Ordinal);
        Assert.Equal(double.NaN, ConfidenceBasedEstimator.Fit(scores, labels, Quick).Estimate([]).Only(PerformanceMetric.F1).Value);
    }

    [Fact]
    public void Estimate_BadInput_NamesTheArgument()
    {
        (double[] scores, bool[] labels) = Draw(new Random(14), 100, r => r.NextDouble(), s => s);
        var estimator = ConfidenceBasedEstimator.Fit(scores, labels, Quick);

        Assert.Equal("scores", Assert.Throws<ArgumentException>(() => estimator.Estimate([0.5, double.NaN])).ParamName);
        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => estimator.Estimate([0.5, 1.2])).Message, StringComparison.Ordinal);
        Assert.Equal("scores", Assert.Throws<ArgumentException>(() => ConfidenceBasedEstimator.Fit([0.1], [true])).ParamName);
        Assert.Equal("Confidence", Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceBasedEstimator.Fit(scores, labels, new() { Confidence = 1 })).ParamName);
        Assert.Throws<KeyNotFoundException>(() => estimator.Reference[PerformanceMetric.MacroF1]);
    }

    /// <summary>Oracle: scikit-learn 1.2.1 for the realised values.</summary>
    [Fact]
    public void Multiclass_RealisedValues_EqualScikitLearn()
    {
        MulticlassCase known = Read<MulticlassCase>("multiclass");
        PerformancePeriod reference = MulticlassConfidenceEstimator.Fit(known.Rows, 3, known.Labels, Quick).Reference;

        Assert.Equal(known.Accuracy, reference[PerformanceMetric.Accuracy].Realised!.Value, 1e-12);
        Assert.Equal(known.MacroF1, reference[PerformanceMetric.MacroF1].Realised!.Value, 1e-12);
    }

    [Fact]
    public void Multiclass_CalibratedProbabilities_CoverTheRealisedValues()
    {
        int accuracy = 0, macro = 0;
        const int Rounds = 20;
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(500 + round);
            (double[] rows, int[] labels) = Classes(random, 2000);
            var estimator = MulticlassConfidenceEstimator.Fit(rows, 3, labels, Quick with { Replicates = 25, Seed = round });
            (double[] later, int[] truth) = Classes(random, 600);
            PerformancePeriod period = estimator.Estimate(later, Chunks.ByNumber(600, 1), truth).Periods[0];
            accuracy += period[PerformanceMetric.Accuracy].Covered == true ? 1 : 0;
            macro += period[PerformanceMetric.MacroF1].Covered == true ? 1 : 0;
        }

        Assert.InRange(accuracy, 16, Rounds);
        Assert.InRange(macro, 16, Rounds);
    }

    [Fact]
    public void Multiclass_BadInput_NamesTheArgument()
    {
        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => MulticlassConfidenceEstimator.Fit([0.1, 0.9, 0.5], 2, [0])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentOutOfRangeException>(() => MulticlassConfidenceEstimator.Fit([0.1, 0.9], 2, [2])).ParamName);
    }

    private static (double[] Rows, int[] Labels) Classes(Random random, int n)
    {
        double[] rows = new double[3 * n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++)
        {
            double[] weights = [Math.Exp(1.5 * Normal(random)), Math.Exp(1.5 * Normal(random)), Math.Exp(1.5 * Normal(random))];
            double total = weights.Sum();
            double draw = random.NextDouble() * total;
            labels[i] = draw < weights[0] ? 0 : draw < weights[0] + weights[1] ? 1 : 2;
            for (int c = 0; c < 3; c++)
            {
                rows[(3 * i) + c] = weights[c] / total;
            }
        }

        return (rows, labels);
    }
}
