using MlOps.Drift.Estimation;

namespace MlOps.Drift.Tests.Estimation;

public sealed class LabelBudgetTests
{
    /// <summary>Oracle: the textbook formula n = z² p (1 − p) / h², corrected for a finite population.</summary>
    [Fact]
    public void For_OneProbability_IsTheTextbookSize()
    {
        double[] rows = new double[100_000];
        Array.Fill(rows, 0.8);
        var budget = LabelBudget.For(PerformanceMetric.Accuracy, 0.02, rows);

        double n = 1.959964 * 1.959964 * 0.16 / 0.0004;
        Assert.Equal((int)Math.Ceiling(n / (1 + (n / 100_000))), budget.SimpleRandom);
        Assert.Equal(budget.SimpleRandom, budget.Stratified); // one stratum: nothing to gain
        Assert.Equal(0.8, budget.Expected, 1e-9); // a sum of 100,000 terms
    }

    [Theory]
    [InlineData(PerformanceMetric.Accuracy)]
    [InlineData(PerformanceMetric.Precision)]
    [InlineData(PerformanceMetric.Recall)]
    [InlineData(PerformanceMetric.Specificity)]
    [InlineData(PerformanceMetric.F1)]
    public void For_SimulatedLabelling_ReachesTheWidth(PerformanceMetric metric)
    {
        var random = new Random(41);
        double[] p = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Pow(random.NextDouble(), 3)).Order()];
        var budget = LabelBudget.For(metric, 0.05, p);
        Assert.True(budget.Stratified < budget.SimpleRandom);
        int within = 0;
        const int Rounds = 400;
        for (int round = 0; round < Rounds; round++)
        {
            double hits = 0, falseHits = 0, missed = 0, rejected = 0;
            int start = 0;
            foreach (LabelStratum stratum in budget.Strata)
            {
                double weight = (double)stratum.Count / stratum.Labels;
                for (int k = 0; k < stratum.Labels; k++)
                {
                    double probability = p[start + random.Next(stratum.Count)];
                    bool label = random.NextDouble() < probability;
                    hits += probability >= 0.5 && label ? weight : 0;
                    falseHits += probability >= 0.5 && !label ? weight : 0;
                    missed += probability < 0.5 && label ? weight : 0;
                    rejected += probability < 0.5 && !label ? weight : 0;
                }

                start += stratum.Count;
            }

            within += Math.Abs(new ExpectedConfusion(hits, falseHits, missed, rejected).Of(metric) - budget.Expected) <= 0.05 ? 1 : 0;
        }

        Assert.InRange(within, 365, Rounds); // 95 % are 380; drawn with replacement it is a little less
        Assert.Equal(20_000, budget.Strata.Sum(stratum => stratum.Count));
        Assert.DoesNotContain(budget.Strata, stratum => stratum.From < 0.5 && stratum.To >= 0.5);
    }

    /// <summary>A score of 0.5 of this model means 0.45: by the scores the plan knows who was decided how, by the probabilities it would not.</summary>
    [Fact]
    public void For_Estimator_DecidesByTheScores()
    {
        (double[] scores, bool[] labels) = EstimationReferences.Draw(new Random(42), 4000, r => r.NextDouble(), s => 0.15 + (0.6 * s));
        var estimator = ConfidenceBasedEstimator.Fit(scores, labels, new ConfidenceBasedOptions { Replicates = 0 });
        var budget = LabelBudget.For(PerformanceMetric.Recall, 0.03, estimator, scores);

        Assert.Equal(estimator.Reference[PerformanceMetric.Recall].Value, budget.Expected, 1e-12);
        Assert.Equal(4000, budget.Strata.Sum(stratum => stratum.Count));
        Assert.Equal(scores.Count(score => score < 0.5), budget.Strata.TakeWhile(stratum => stratum.To < estimator.Choice.Calibration.Calibrate(0.5)).Sum(stratum => stratum.Count));
    }

    [Fact]
    public void For_BadInput_NamesTheArgument()
    {
        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => LabelBudget.For(PerformanceMetric.Accuracy, 0.02, [])).ParamName);
        Assert.Equal("metric", Assert.Throws<ArgumentException>(() => LabelBudget.For(PerformanceMetric.Precision, 0.02, [0.1, 0.2])).ParamName);
        Assert.Equal("probabilities", Assert.Throws<ArgumentOutOfRangeException>(() => LabelBudget.For(PerformanceMetric.Accuracy, 0.02, [double.NaN])).ParamName);
        Assert.Equal("metric", Assert.Throws<ArgumentOutOfRangeException>(() => LabelBudget.For(PerformanceMetric.RocAuc, 0.02, [0.5])).ParamName);
        Assert.Equal("halfWidth", Assert.Throws<ArgumentOutOfRangeException>(() => LabelBudget.For(PerformanceMetric.Accuracy, 0, [0.5])).ParamName);
    }
}
