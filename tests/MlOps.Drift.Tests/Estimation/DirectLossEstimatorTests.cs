using MlOps.Data;
using MlOps.Drift.Estimation;
using static MlOps.Drift.Tests.Estimation.EstimationReferences;

namespace MlOps.Drift.Tests.Estimation;

public sealed class DirectLossEstimatorTests
{
    private static readonly DirectLossOptions Quick = new() { Replicates = 200 };

    /// <summary>The error grows with the first feature and depends on the second: standard deviation 0.2 + x₁ (+1 if x₂ &gt; 0).</summary>
    private static (double[] Features, double[] Predictions, double[] Targets) Sample(Random random, int n, double low, double high)
    {
        double[] features = new double[2 * n];
        double[] predictions = new double[n];
        double[] targets = new double[n];
        for (int i = 0; i < n; i++)
        {
            double x = low + ((high - low) * random.NextDouble());
            double z = Normal(random);
            (features[2 * i], features[(2 * i) + 1]) = (x, z);
            predictions[i] = (2 * x) + z;
            targets[i] = predictions[i] + ((0.2 + x + (z > 0 ? 1 : 0)) * Normal(random));
        }

        return (features, predictions, targets);
    }

    [Fact]
    public void Estimate_InputsMoveToNoisierRegion_SeesTheErrorRise()
    {
        var random = new Random(21);
        (double[] features, double[] predictions, double[] targets) = Sample(random, 6000, 0, 3);
        var estimator = DirectLossEstimator.Fit(features, predictions, targets, Quick);
        (double[] later, double[] laterPredictions, double[] truth) = Sample(random, 4000, 2, 3);
        PerformanceReport report = estimator.Estimate(later, laterPredictions, Chunks.ByNumber(4000, 1), truth);

        double before = estimator.Reference[PerformanceMetric.MeanAbsoluteError].Realised!.Value;
        PerformanceEstimate now = report.Only(PerformanceMetric.MeanAbsoluteError);
        Assert.True(now.Realised > 1.3 * before); // the mean of the reference would be off by more than a quarter
        Assert.Equal(1, now.Value / now.Realised!.Value, 0.05);
        PerformanceEstimate root = report.Only(PerformanceMetric.RootMeanSquaredError);
        Assert.Equal(Math.Sqrt(report.Only(PerformanceMetric.MeanSquaredError).Value), root.Value, 1e-12);
        Assert.Equal(1, root.Value / root.Realised!.Value, 0.06);
    }

    [Fact]
    public void Estimate_SameLaw_CoversTheRealisedErrors()
    {
        const int Rounds = 25;
        int absolute = 0, squared = 0;
        LossLearner constantInSteps = (rows, columns, losses, _) => new ByFirstFeature(rows, columns, losses);
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(700 + round);
            (double[] features, double[] predictions, double[] targets) = Sample(random, 1500, 0, 3);
            var estimator = DirectLossEstimator.Fit(features, predictions, targets, Quick with { Learner = constantInSteps, Seed = round });
            (double[] later, double[] laterPredictions, double[] truth) = Sample(random, 300, 1, 3);
            PerformancePeriod period = estimator.Estimate(later, laterPredictions, Chunks.ByNumber(300, 1), truth).Periods[0];
            absolute += period[PerformanceMetric.MeanAbsoluteError].Covered == true ? 1 : 0;
            squared += period[PerformanceMetric.MeanSquaredError].Covered == true ? 1 : 0;
        }

        Assert.InRange(absolute, 21, Rounds); // Binomial(25, 0.95): 21 or more with probability 0.99
        Assert.InRange(squared, 20, Rounds);
    }

    [Fact]
    public void Estimate_Table_TakesMissingFeaturesAndTellsWhatLiesOutside()
    {
        var random = new Random(23);
        (double[] features, double[] predictions, double[] targets) = Sample(random, 400, 0, 3);
        var table = new Table(
            Column.Of("x", [.. Enumerable.Range(0, 400).Select(i => i % 7 == 0 ? (double?)null : features[2 * i])]),
            Column.Of("z", [.. Enumerable.Range(0, 400).Select(i => features[(2 * i) + 1])]),
            Column.Of("prediction", predictions),
            Column.Of("target", targets));
        var estimator = DirectLossEstimator.Fit(table, "prediction", "target", ["x", "z"], Quick);
        var strange = new Table(Column.Of("x", 50.0, double.NaN), Column.Of("z", 0.0, 0.0), Column.Of("prediction", 1.0, 1.0));

        Assert.Equal(2, estimator.FeatureCount);
        Assert.Contains("1 of 2 rows lie outside", estimator.Estimate(strange, "prediction", ["x", "z"]).ToString(), StringComparison.Ordinal);
        Assert.Contains("holds text", Assert.Throws<InvalidOperationException>(() => estimator.Estimate(
            new Table(Column.Of("x", "a"), Column.Of("z", 1.0), Column.Of("prediction", 1.0)), "prediction", ["x", "z"])).Message.Replace("string", "text", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_EqualSeeds_EqualNumbers()
    {
        (double[] features, double[] predictions, double[] targets) = Sample(new Random(24), 500, 0, 3);
        string[] shown = [.. Enumerable.Range(0, 2).Select(_ => DirectLossEstimator.Fit(features, predictions, targets, Quick).Estimate(features, predictions).ToString())];

        Assert.Equal(shown[0], shown[1]);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        (double[] features, double[] predictions, double[] targets) = Sample(new Random(25), 100, 0, 3);

        Assert.Throws<OperationCanceledException>(() => DirectLossEstimator.Fit(features, predictions, targets, Quick, null, new CancellationToken(true)));
    }

    [Fact]
    public void Fit_BadInput_NamesTheArgument()
    {
        double[] thirty = new double[30];
        Assert.Equal("predictions", Assert.Throws<ArgumentException>(() => DirectLossEstimator.Fit([1], [1], [1])).ParamName);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => DirectLossEstimator.Fit(new double[31], thirty, thirty)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => DirectLossEstimator.Fit(thirty, thirty, [1])).ParamName);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => DirectLossEstimator.Fit([.. thirty[1..], double.PositiveInfinity], thirty, thirty)).ParamName);
    }

    [Fact]
    public void BaggedTrees_StepFunction_IsFound()
    {
        double[] rows = [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0)];
        double[] losses = Array.ConvertAll(rows, x => x > 0.5 ? 3.0 : 1.0);
        var trees = BaggedTrees.Fit(rows, 1, losses, 1);

        Assert.Equal(1, trees.Predict([0.2]), 0.02);
        Assert.Equal(3, trees.Predict([0.8]), 0.02);
        Assert.Equal(trees.Predict([0.999]), trees.Predict([100]));
        Assert.Equal(trees.Predict([0.0]), trees.Predict([double.NaN])); // no missing value was seen: it goes with the lowest
    }

    /// <summary>Anybody's model behind the seam: the mean loss in ten steps of the first feature.</summary>
    private sealed class ByFirstFeature : ILossModel
    {
        private readonly double[] _sums = new double[10];
        private readonly int[] _counts = new int[10];

        internal ByFirstFeature(ReadOnlySpan<double> rows, int columns, ReadOnlySpan<double> losses)
        {
            for (int i = 0; i < losses.Length; i++)
            {
                _sums[Step(rows[i * columns])] += losses[i];
                _counts[Step(rows[i * columns])]++;
            }
        }

        public double Predict(ReadOnlySpan<double> row) => _sums[Step(row[0])] / _counts[Step(row[0])];

        private static int Step(double x) => Math.Clamp((int)(x / 0.3), 0, 9);
    }
}
