using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

public class CostTests
{
    private static readonly CostMatrix Screening = new(["well", "ill"], new double[,] { { 0, 1 }, { 9, 0 } });

    [Fact]
    public void CalibratedThreshold_CostsOfErrors_IsTheShareOfTheFalseAlarm()
    {
        Assert.Equal(0.1, Payoff.OfCosts(1, 9).CalibratedThreshold);
        Assert.Equal(0.1, Screening.PayoffFor("ill").CalibratedThreshold);
        Close(0.9, Screening.PayoffFor("well").CalibratedThreshold);
        Assert.Equal(0.2, new Payoff(40, -10).CalibratedThreshold); // p · 40 = (1 − p) · 10
        Assert.Throws<InvalidOperationException>(() => new Payoff(-1, -1).CalibratedThreshold);
        Assert.Throws<InvalidOperationException>(() => new Payoff(0, 0).CalibratedThreshold);
        Assert.Equal("falseNegative", Assert.Throws<ArgumentOutOfRangeException>(() => Payoff.OfCosts(1, -9)).ParamName);
    }

    [Fact]
    public void ProfitCurve_RandomScores_EqualsDecidingAtEveryThreshold()
    {
        // Oracle: the definition, by a confusion matrix at every threshold.
        var payoff = new Payoff(30, -8, -5, 1);
        for (int seed = 0; seed < 20; seed++)
        {
            (bool[] truth, double[] scores) = CurveTests.Draw(seed, 100, 1);
            ProfitCurve curve = ProfitCurve.Of(truth, scores, payoff);
            for (int i = 0; i < curve.Thresholds.Count; i++)
            {
                bool[] acted = Array.ConvertAll(scores, score => score >= curve.Thresholds[i]);

                Close(payoff.Total(ConfusionMatrix.Of(truth, acted).For("true")), curve.Profits[i]);
                Close(acted.Count(a => a) / 100.0, curve.ShareActedOn[i]);
            }

            Assert.Equal(curve.Profits.Max(), curve.BestProfit);
            Assert.Equal(curve.BestThreshold, curve.Thresholds[curve.Profits.ToList().IndexOf(curve.BestProfit)]);
        }
    }

    [Fact]
    public void ProfitCurve_NothingPays_ActsOnNone()
    {
        ProfitCurve curve = ProfitCurve.Of([true, false], [0.9, 0.1], new Payoff(-1, -1));

        Assert.Equal(double.PositiveInfinity, curve.BestThreshold);
        Assert.Equal(0, curve.BestProfit);
        Assert.Equal("payoff", Assert.Throws<ArgumentOutOfRangeException>(() => ProfitCurve.Of([true], [1], new Payoff(double.NaN, 0))).ParamName);
    }

    [Fact]
    public void BestThreshold_CalibratedProbabilities_ComesNearTheTheory()
    {
        // Oracle: Elkan's threshold 0.1. Outcomes are drawn from the stated probabilities, so they are calibrated.
        var random = new Random(5);
        double[] p = new double[200_000];
        bool[] truth = new bool[p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            p[i] = random.NextDouble();
            truth[i] = random.NextDouble() < p[i];
        }

        Assert.InRange(ProfitCurve.Of(truth, p, Screening.PayoffFor("ill")).BestThreshold, 0.08, 0.12);
    }

    [Fact]
    public void CostMatrix_ExamMatrix_AddsUpByHand()
    {
        ConfusionMatrix exam = ConfusionMatrix.OfCounts(270, 280, 2000, 12000, "ill", "well");

        Assert.Equal(280 + (9 * 2000), Screening.Total(exam));
        Close(18280 / 14550.0, Screening.PerCase(exam));
        Assert.Equal(-18280, Screening.PayoffFor("ill").Total(exam.For("ill")));
        Assert.Equal(9, Screening["ill", "well"]);
    }

    [Fact]
    public void Decide_ThreeClasses_TakesTheSmallestExpectedCost()
    {
        // By hand: cost of b for row 0 is .5·1 + .1·9 = 1.4, of a .4·1 + .1·9 = 1.3, of c .5·2 + .4·2 = 1.8; row 1: a 3.0, b 3.1, c 1.4.
        var costs = new CostMatrix(["a", "b", "c"], new double[,] { { 0, 1, 2 }, { 1, 0, 2 }, { 9, 9, 0 } });
        Labels decided = costs.Decide(Matrix.FromRows([[0.5, 0.4, 0.1], [0.4, 0.3, 0.3]]));

        Assert.Equal("a", decided[0]);
        Assert.Equal("c", decided[1]);
        Assert.Throws<InvalidOperationException>(() => costs.PayoffFor("c"));
    }

    [Fact]
    public void CostMatrix_BadInput_IsRefused()
    {
        Assert.Equal("costs", Assert.Throws<ArgumentException>(() => new CostMatrix(["a", "b"], new double[2, 3])).ParamName);
        Assert.Equal("costs", Assert.Throws<ArgumentException>(() => new CostMatrix(["a"], new double[1, 1])).ParamName);
        Assert.Equal("costs", Assert.Throws<ArgumentOutOfRangeException>(() => new CostMatrix(["a", "b"], new double[,] { { 0, double.NaN }, { 1, 0 } })).ParamName);
        Assert.Throws<ArgumentException>(() => Screening.Total(ConfusionMatrix.OfCounts(1, 1, 1, 1)));
        Assert.Throws<ArgumentException>(() => Screening.Decide(Matrix.FromRows([[0.5, 1.5]])));
    }
}
