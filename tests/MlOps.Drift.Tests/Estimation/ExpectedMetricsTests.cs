using System.Text.Json;
using MlOps.Drift.Estimation;
using static MlOps.Drift.Tests.Estimation.EstimationReferences;

namespace MlOps.Drift.Tests.Estimation;

public sealed class ExpectedMetricsTests
{
    private static readonly double[] Scores = [0.1, 0.1, 0.25, 0.4, 0.5, 0.5, 0.55, 0.7, 0.8, 0.93];
    private static readonly double[] Truth = [0.05, 0.05, 0.3, 0.35, 0.45, 0.45, 0.6, 0.6, 0.9, 0.97]; // a function of the score

    /// <summary>Oracle: scikit-learn 1.2.1.</summary>
    [Fact]
    public void BinaryMetrics_ReferenceCases_EqualScikitLearn()
    {
        foreach (JsonElement known in Raw("binary").EnumerateArray())
        {
            double[] scores = known.GetProperty("scores").Deserialize<double[]>()!;
            bool[] labels = known.GetProperty("labels").Deserialize<bool[]>()!;
            double threshold = known.GetProperty("threshold").GetDouble();
            foreach (PerformanceMetric metric in BinaryMetrics.All)
            {
                double expected = known.GetProperty(JsonNamingPolicy.CamelCase.ConvertName(metric.ToString())).GetDouble();
                Assert.Equal(expected, BinaryMetrics.Compute(metric, scores, labels, threshold), 1e-12);
            }
        }
    }

    /// <summary>Oracle: every one of the 1,024 outcomes with its probability.</summary>
    [Fact]
    public void Expected_SmallSample_EqualsTheEnumerationOfAllOutcomes()
    {
        var rows = ScoreGroups.Of(Scores);
        double[] p = [.. rows.Scores.Select(score => Truth[Array.IndexOf(Scores, score)])];
        var ours = ExpectedMetrics.Of(rows, p, 0.5, probabilities: true);
        double[] mean = new double[9], square = new double[9];
        double wins = 0, pairs = 0, ranked = 0, positives = 0, hits = 0, negatives = 0, rejected = 0;
        for (int outcome = 0; outcome < 1 << Scores.Length; outcome++)
        {
            bool[] labels = [.. Enumerable.Range(0, Scores.Length).Select(i => ((outcome >> i) & 1) == 1)];
            double chance = labels.Select((label, i) => label ? Truth[i] : 1 - Truth[i]).Aggregate((a, b) => a * b);
            for (int m = 0; m < 9; m++)
            {
                double value = BinaryMetrics.Compute(BinaryMetrics.All[m], Scores, labels);
                mean[m] += chance * value;
                square[m] += chance * value * value;
            }

            double true1 = labels.Count(label => label);
            double false1 = labels.Length - true1;
            double auc = BinaryMetrics.Compute(PerformanceMetric.RocAuc, Scores, labels);
            double ap = BinaryMetrics.Compute(PerformanceMetric.AveragePrecision, Scores, labels);
            wins += double.IsNaN(auc) ? 0 : chance * auc * true1 * false1;
            pairs += chance * true1 * false1;
            ranked += double.IsNaN(ap) ? 0 : chance * ap * true1;
            positives += chance * true1;
            negatives += chance * false1;
            hits += chance * labels.Where((label, i) => label && Scores[i] >= 0.5).Count();
            rejected += chance * labels.Where((label, i) => !label && Scores[i] < 0.5).Count();
        }

        foreach (int exact in new[] { 0, 1, 7, 8 }) // sums over rows: mean and variance exact
        {
            Assert.Equal(mean[exact], ours.Values[exact], 1e-12);
            Assert.Equal(square[exact] - (mean[exact] * mean[exact]), ours.Variances[exact], 1e-12);
        }

        Assert.Equal(hits / positives, ours.Values[2], 1e-12);
        Assert.Equal(rejected / negatives, ours.Values[3], 1e-12);
        Assert.Equal(2 * hits / (6 + positives), ours.Values[4], 1e-12);
        Assert.Equal(wins / pairs, ours.Values[5], 1e-12);
        Assert.Equal(ranked / positives, ours.Values[6], 1e-12);
    }

    /// <summary>Oracle: 2,000 simulated sets of labels; the error of a simulated standard deviation is 1.6 %, of a mean less.</summary>
    [Fact]
    public void Variance_LargeSample_EqualsTheSimulatedOne()
    {
        var random = new Random(7);
        double[] scores = [.. Enumerable.Range(0, 1500).Select(_ => Math.Round(random.NextDouble(), 2))];
        var rows = ScoreGroups.Of(scores);
        double[] p = [.. rows.Scores.Select(s => 0.05 + (0.8 * s * s))];
        var ours = ExpectedMetrics.Of(rows, p, 0.6, probabilities: true);
        const int Rounds = 2000;
        double[] mean = new double[9], square = new double[9];
        for (int round = 0; round < Rounds; round++)
        {
            bool[] labels = Array.ConvertAll(scores, s => random.NextDouble() < 0.05 + (0.8 * s * s));
            for (int m = 2; m < 7; m++)
            {
                double value = BinaryMetrics.Compute(BinaryMetrics.All[m], scores, labels, 0.6);
                mean[m] += value / Rounds;
                square[m] += value * value / Rounds;
            }
        }

        for (int m = 2; m < 7; m++)
        {
            double deviation = Math.Sqrt(square[m] - (mean[m] * mean[m]));
            Assert.Equal(mean[m], ours.Values[m], 0.15 * deviation);
            Assert.Equal(1, Math.Sqrt(ours.Variances[m]) / deviation, 0.06);
        }
    }

    [Fact]
    public void Undefined_Metrics_AreNaN()
    {
        Assert.Equal(double.NaN, BinaryMetrics.Compute(PerformanceMetric.Precision, [0.1], [true]));
        Assert.Equal(double.NaN, BinaryMetrics.Compute(PerformanceMetric.Recall, [0.1], [false]));
        Assert.Equal(double.NaN, BinaryMetrics.Compute(PerformanceMetric.RocAuc, [0.1, 0.2], [false, false]));
        Assert.Equal(double.NaN, BinaryMetrics.Compute(PerformanceMetric.AveragePrecision, [0.1, 0.2], [false, false]));
        Assert.Equal(double.NaN, BinaryMetrics.Compute(PerformanceMetric.LogLoss, [2.0], [true]));
        Assert.Equal(double.NaN, BinaryMetrics.Compute(PerformanceMetric.Accuracy, [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryMetrics.Compute(PerformanceMetric.MeanAbsoluteError, [0.1], [true]));
    }

    [Fact]
    public void DeLong_ReferenceCases_EqualTheDefinition() =>
        Assert.All(Read<DeLongCase[]>("delong"), known =>
        {
            var ours = AreaUnderCurve.Measure(known.Scores, known.Labels);
            Assert.Equal(known.Area, ours.Area, 1e-12);
            Assert.Equal(known.Error, ours.StandardError, 1e-12);
        });
}
