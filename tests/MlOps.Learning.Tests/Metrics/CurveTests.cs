using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

public class CurveTests
{
    [Fact]
    public void RocAuc_RandomScores_EqualsCountingAllPairs()
    {
        // Oracle: the definition, by brute force; many ties, both signs of zero, sizes on both sides of the radix sort's limit.
        for (int seed = 0; seed < 40; seed++)
        {
            (bool[] truth, double[] scores) = Draw(seed, seed < 36 ? 3 + (seed * 7) : 6000, seed % 2 == 0 ? 1 : 3);
            double won = 0;
            long pairs = 0;
            for (int i = 0; i < truth.Length; i++)
            {
                for (int j = 0; truth[i] && j < truth.Length; j++)
                {
                    if (!truth[j])
                    {
                        pairs++;
                        won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    }
                }
            }

            Assert.Equal(won / pairs, RocAuc.Compute(truth, scores));
            Close(won / pairs, RocCurve.Of(truth, scores).Area);
            Close(won / pairs, RocAuc.Compute(truth, scores, Enumerable.Repeat(2.5, truth.Length).ToArray()));
        }
    }

    [Fact]
    public void RocAuc_AnyRisingTransform_ChangesNothingAndNegationMirrors()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (bool[] truth, double[] scores) = Draw(seed, 200, 2);
            double auc = RocAuc.Compute(truth, scores);

            Assert.Equal(auc, RocAuc.Compute(truth, Array.ConvertAll(scores, s => Math.Exp(s) + 3)));
            Close(1 - auc, RocAuc.Compute(truth, Array.ConvertAll(scores, s => -s)));
            Close(1 - auc, RocAuc.Compute(Array.ConvertAll(truth, t => !t), scores));
        }
    }

    [Fact]
    public void Curves_WholeWeights_CountAsRepeatedRows()
    {
        (bool[] truth, double[] scores) = Draw(3, 300, 1);
        double[] weights = [.. Enumerable.Range(0, 300).Select(i => (double)(i % 4))];
        int[] rows = [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat(i, i % 4))];
        bool[] repeated = [.. rows.Select(i => truth[i])];
        double[] again = [.. rows.Select(i => scores[i])];

        Close(RocCurve.Of(repeated, again).TruePositiveRates, RocCurve.Of(truth, scores, weights).TruePositiveRates);
        Close(PrecisionRecallCurve.Of(repeated, again).AveragePrecision, PrecisionRecallCurve.Of(truth, scores, weights).AveragePrecision);
        Close(LogLoss.Compute(repeated, Array.ConvertAll(again, Logistic)), LogLoss.Compute(truth, Array.ConvertAll(scores, Logistic), weights));
    }

    [Fact]
    public void Curves_OneClassOnly_AreUndefinedNotWrong()
    {
        Assert.True(double.IsNaN(RocAuc.Compute([true, true], [0.1, 0.2])));
        Assert.True(double.IsNaN(RocAuc.Compute([false, false], [0.1, 0.2])));
        Assert.True(double.IsNaN(RocAuc.Compute([true, false], [0.1, 0.2], [1, 0])));
        RocCurve roc = RocCurve.Of([true, true], [0.1, 0.2]);
        Assert.All(roc.FalsePositiveRates, rate => Assert.True(double.IsNaN(rate)));
        Assert.Equal([0, 0.5, 1], roc.TruePositiveRates);
        Assert.Throws<InvalidOperationException>(roc.Chart);
        PrecisionRecallCurve pr = PrecisionRecallCurve.Of([false, false], [0.1, 0.2]);
        Assert.True(double.IsNaN(pr.AveragePrecision));
        Assert.Throws<InvalidOperationException>(() => pr.PrecisionAtRecall(0.5));
        Assert.Throws<InvalidOperationException>(pr.Chart);
        Assert.Equal(1, PrecisionRecallCurve.Of([true, true], [0.1, 0.2]).AveragePrecision);
    }

    [Fact]
    public void Scores_BadInput_NameTheArgument()
    {
        Assert.Equal("truth", Assert.Throws<ArgumentException>(() => RocAuc.Compute([], [])).ParamName);
        Assert.Equal("scores", Assert.Throws<ArgumentException>(() => RocAuc.Compute([true, false], [1])).ParamName);
        Assert.Equal("scores", Assert.Throws<ArgumentException>(() => RocAuc.Compute([true, false], [1, double.NaN])).ParamName);
        Assert.Equal("scores", Assert.Throws<ArgumentException>(() => RocCurve.Of([true, false], [1, double.NegativeInfinity])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => PrecisionRecallCurve.Of([true, false], [1, 2], [1])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentOutOfRangeException>(() => RocAuc.Compute([true, false], [1, 2], [1, double.NaN])).ParamName);
        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => LogLoss.Compute([true, false], [0.5, 1.1])).ParamName);
        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => Brier.Compute([true, false], [0.5, double.NaN])).ParamName);
        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => CalibrationCurve.Of([true], [-0.1])).ParamName);
        Assert.Equal("bins", Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationCurve.Of([true], [0.1], 0)).ParamName);
        Assert.Equal("floor", Assert.Throws<ArgumentOutOfRangeException>(() => PrecisionRecallCurve.Of([true], [1]).PrecisionAtRecall(1.1)).ParamName);
        Assert.Equal("decisions", Assert.Throws<ArgumentException>(() => HingeLoss.Compute([true], [double.NaN])).ParamName);
    }

    [Fact]
    public void MultiClass_ColumnsThatFitNoClass_AreRefused()
    {
        Labels truth = Labels.Of(["a", "b", "a"]);
        Matrix three = Matrix.FromRows([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8], [1, 0, 0]]);
        Matrix half = Matrix.FromRows([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]], ["a", "c"]);
        Matrix two = Matrix.FromRows([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]);

        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => LogLoss.Compute(truth, three)).ParamName);
        Assert.Contains("columns a, c", Assert.Throws<ArgumentException>(() => RocAuc.Compute(truth, half)).Message, StringComparison.Ordinal);
        Assert.Equal("scores", Assert.Throws<ArgumentException>(() => HingeLoss.Compute(truth, two)).ParamName);
        Assert.Equal("average", Assert.Throws<ArgumentException>(() => RocAuc.Compute(truth, two, MultiClassScheme.OneVsOne, Average.Micro)).ParamName);
        Close(Math.Log(2), LogLoss.Compute(truth, two)); // a uniform guess between two
    }

    [Fact]
    public void LogLoss_CertainAndWrong_CostsThirtySixNats() =>
        Close(-Math.Log(Math.BitIncrement(1) - 1), LogLoss.Compute([true], [0])); // −ln 2⁻⁵²

    [Fact]
    public void Probabilities_RoundedTo32Bits_MayPassOneALittle()
    {
        double above = MathF.BitIncrement(1); // what a sum of float probabilities can be

        Assert.Equal(0, LogLoss.Compute([true], [above]), 1e-15);
        Assert.Equal(0, Brier.Compute([true], [above]), 1e-12);
        Assert.Equal(1, CalibrationCurve.Of([true, false], [above, -1e-9]).Bins[^1].FractionPositive);
    }

    [Fact]
    public void Calibration_TwoBinsByHand_GivesBothErrors()
    {
        // Bin (0, .5]: said .2 and .4, came 1 of 2: gap .2. Bin (.5, 1]: said .6, .9, .9, came 3 of 3: gap .2.
        CalibrationCurve curve = CalibrationCurve.Of([true, false, true, true, true], [0.2, 0.4, 0.6, 0.9, 0.9], bins: 2);

        Close(0.2, curve.ExpectedCalibrationError);
        Close(0.2, curve.MaximumCalibrationError);
        Assert.Equal([2, 3], curve.Bins.Select(bin => bin.Count));
        Assert.Equal((0, 0.5), (curve.Bins[0].Lower, curve.Bins[0].Upper));
    }

    [Fact]
    public void Charts_SmallSamples_StateTheFinding()
    {
        bool[] truth = [true, false, true, true, false];
        double[] p = [0.9, 0.4, 0.6, 0.2, 0.1];

        Assert.Equal("A case of the class outranks another in 83.3 % of pairs", RocCurve.Of(truth, p).Chart().Title);
        Assert.StartsWith("Average precision 0.9", PrecisionRecallCurve.Of(truth, p).Chart().Title, StringComparison.Ordinal);
        Assert.Contains("n = 5 in 5 bins", CalibrationCurve.Of(truth, p).Chart().Subtitle, StringComparison.Ordinal);
        Assert.Equal("The most is earned by acting on 80.0 % of the rows", ProfitCurve.Of(truth, p, new Payoff(10, -1)).Chart().Title);
        Assert.Equal("Nothing is earned by acting on any row", ProfitCurve.Of(truth, p, new Payoff(-1, -1)).Chart().Title);
    }

    internal static (bool[] Truth, double[] Scores) Draw(int seed, int n, int digits)
    {
        var random = new Random(seed);
        var truth = new bool[n];
        var scores = new double[n];
        for (int i = 0; i < n; i++)
        {
            truth[i] = i == 0 || (i != 1 && random.NextDouble() < 0.4); // both classes occur
            scores[i] = Math.Round((random.NextDouble() * 2) - (truth[i] ? 0.8 : 1.2), digits); // rounding makes ties, and −0.0
        }

        return (truth, scores);
    }

    private static double Logistic(double s) => 1 / (1 + Math.Exp(-s));
}
