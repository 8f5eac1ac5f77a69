using System.Text.Json;
using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

/// <summary>Five classes against scikit-learn 1.2.1: 400 digits, with and without weights.</summary>
public class MultiClassAgreementTests
{
    private static readonly JsonElement Multi = Root.GetProperty("multi");
    private static readonly Labels Truth = new(Multi.Codes("truth"), ["0", "1", "2", "3", "4"]);
    private static readonly Matrix Probabilities = Multi.Matrix("probabilities");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Confusion_RealDigits_EqualsScikitLearnForEveryAverage(bool weighted)
    {
        (double[] w, JsonElement expected) = Case(weighted);
        ConfusionMatrix matrix = ConfusionMatrix.Of(Truth, new Labels(Inputs.ArgMax(Probabilities), Truth.Classes), w);

        Close(expected.Numbers("confusion"), [.. Enumerable.Range(0, 25).Select(i => matrix[i / 5, i % 5])], "cells");
        expected.Agree("accuracy", matrix.Accuracy);
        expected.Agree("balancedAccuracy", matrix.BalancedAccuracy);
        expected.Agree("mcc", matrix.Mcc);
        foreach ((Average average, string name) in new[] { (Average.Macro, "macro"), (Average.Weighted, "weighted"), (Average.Micro, "micro") })
        {
            expected.Agree($"precision_{name}", matrix.Precision(average));
            expected.Agree($"recall_{name}", matrix.Recall(average));
            expected.Agree($"f1_{name}", matrix.F1(average));
            expected.Agree($"f2_{name}", matrix.FBeta(2, average));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LossesAndAreas_RealDigits_EqualScikitLearn(bool weighted)
    {
        (double[] w, JsonElement expected) = Case(weighted);

        expected.Agree("logLoss", LogLoss.Compute(Truth, Probabilities, w));
        expected.Agree("hinge", HingeLoss.Compute(Truth, Multi.Matrix("decision"), w));
        expected.Agree("aucOvr_macro", RocAuc.Compute(Truth, Probabilities, weights: w));
        expected.Agree("aucOvr_weighted", RocAuc.Compute(Truth, Probabilities, average: Average.Weighted, weights: w));
        expected.Agree("aucOvr_micro", RocAuc.Compute(Truth, Probabilities, average: Average.Micro, weights: w));
        if (!weighted)
        {
            expected.Agree("aucOvo_macro", RocAuc.Compute(Truth, Probabilities, MultiClassScheme.OneVsOne));
            expected.Agree("aucOvo_weighted", RocAuc.Compute(Truth, Probabilities, MultiClassScheme.OneVsOne, Average.Weighted));
        }
    }

    [Theory]
    [InlineData(MultiClassScheme.OneVsRest)]
    [InlineData(MultiClassScheme.OneVsOne)]
    public void RocAuc_WholeWeights_CountAsRepeatedRows(MultiClassScheme scheme)
    {
        // Oracle: the definition of a weight. scikit-learn has no weighted one-against-one.
        double[] weights = [.. Enumerable.Range(0, Truth.Count).Select(i => (double)(i % 3))];
        int[] repeated = [.. Enumerable.Range(0, Truth.Count).SelectMany(i => Enumerable.Repeat(i, i % 3))];

        Close(
            RocAuc.Compute(Truth.Take(repeated), Probabilities.Take(repeated), scheme, Average.Weighted),
            RocAuc.Compute(Truth, Probabilities, scheme, Average.Weighted, weights));
    }

    [Fact]
    public void Averages_ClassNeverPredictedOrNeverTrue_CountUndefinedRatesAsZeroLikeScikitLearn()
    {
        JsonElement expected = Root.GetProperty("neverPredicted");
        ConfusionMatrix matrix = ConfusionMatrix.Of(expected.Codes("truth"), expected.Codes("predicted"), ["0", "1", "2", "3", "no case"]);

        expected.Agree("balancedAccuracy", matrix.BalancedAccuracy);
        expected.Agree("mcc", matrix.Mcc);
        foreach ((Average average, string name) in new[] { (Average.Macro, "macro"), (Average.Weighted, "weighted"), (Average.Micro, "micro") })
        {
            Close(expected.Numbers(name), [matrix.Precision(average), matrix.Recall(average), matrix.F1(average)], name);
        }

        Assert.True(double.IsNaN(matrix.For("2").Precision));
        Assert.True(double.IsNaN(matrix.For("3").Recall));
        Assert.True(double.IsNaN(matrix.For("no case").F1));
        Assert.Equal(0, matrix.For("2").F1);
    }

    [Fact]
    public void Scores_ColumnsInAnotherOrder_AreMatchedByName()
    {
        int[] order = [3, 1, 4, 0, 2];
        double[] values = [.. Enumerable.Range(0, Truth.Count).SelectMany(i => order.Select(c => Probabilities[i, c]))];
        var shuffled = new Matrix(Truth.Count, 5, values, [.. order.Select(c => Truth.Classes[c])]);

        Close(LogLoss.Compute(Truth, Probabilities), LogLoss.Compute(Truth, shuffled));
        Close(Brier.Compute(Truth, Probabilities), Brier.Compute(Truth, shuffled));
        Close(RocAuc.Compute(Truth, Probabilities, MultiClassScheme.OneVsOne), RocAuc.Compute(Truth, shuffled, MultiClassScheme.OneVsOne));
        Close(RocAuc.Compute(Truth, Probabilities, average: Average.Micro), RocAuc.Compute(Truth, shuffled, average: Average.Micro));
    }

    [Fact]
    public void Brier_TwoClassesAsMatrix_IsTwiceTheBinaryScore()
    {
        bool[] truth = [true, false, true];
        double[] p = [0.9, 0.4, 0.3];
        Matrix both = Matrix.FromRows([.. p.Select(value => new[] { 1 - value, value })], ["false", "true"]);

        Close((0.01 + 0.16 + 0.49) / 3, Brier.Compute(truth, p)); // by hand
        Close(2 * Brier.Compute(truth, p), Brier.Compute(Labels.Of(truth), both));
    }

    [Fact]
    public void RocAuc_ClassWithoutRows_IsLeftOut()
    {
        int[] rows = [.. Enumerable.Range(0, Truth.Count).Where(i => Truth.Codes[i] < 2)];
        Labels two = Truth.Take(rows);
        Matrix scores = Probabilities.Take(rows);
        double first = RocAuc.Compute(two.Are("0"), scores.Column(0));
        double second = RocAuc.Compute(two.Are("1"), scores.Column(1));

        Close((first + second) / 2, RocAuc.Compute(two, scores));
        Assert.True(double.IsNaN(RocAuc.Compute(Truth.Take(rows.AsSpan(0, 1)), Probabilities.Take(rows.AsSpan(0, 1)))));
    }

    private static (double[] Weights, JsonElement Expected) Case(bool weighted) =>
        (weighted ? Multi.Numbers("weights") : [], Multi.GetProperty(weighted ? "weighted" : "plain"));
}
