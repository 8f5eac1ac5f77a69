using System.Text.Json;
using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

/// <summary>250 rows of diabetes against scikit-learn 1.2.1, and the edge cases.</summary>
public class RegressionMetricsTests
{
    private static readonly JsonElement Reference = Root.GetProperty("regression");
    private static readonly double[] Truth = Reference.Numbers("truth");
    private static readonly double[] Predicted = Reference.Numbers("predicted");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Report_RealPredictions_EqualsScikitLearn(bool weighted)
    {
        double[] w = weighted ? Reference.Numbers("weights") : [];
        JsonElement expected = Reference.GetProperty(weighted ? "weighted" : "plain");
        RegressionReport report = RegressionReport.Of(Truth, Predicted, w);

        expected.Agree("mae", report.MeanAbsoluteError);
        expected.Agree("mse", report.MeanSquaredError);
        expected.Agree("rmse", report.RootMeanSquaredError);
        expected.Agree("rmse", RegressionMetrics.RootMeanSquaredError(Truth, Predicted, w));
        expected.Agree("r2", report.RSquared);
        expected.Agree("explainedVariance", report.ExplainedVariance);
        expected.Agree("mape", report.MeanAbsolutePercentageError);
        expected.Agree("medianAe", report.MedianAbsoluteError);
        expected.Agree("pinball10", RegressionMetrics.Pinball(Truth, Predicted, 0.1, w));
        expected.Agree("pinball90", RegressionMetrics.Pinball(Truth, Predicted, 0.9, w));
        Reference.GetProperty("plain").Agree("maxError", report.MaxError);
    }

    [Fact]
    public void R2_ConstantTruth_IsOneForPerfectElseZero()
    {
        // scikit-learn 1.2.1's force_finite: r2_score([.1, .1, .1], …). The mean of 0.1 is not 0.1: the variance must still count as 0.
        Assert.Equal(1, RegressionMetrics.RSquared([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]));
        Assert.Equal(0, RegressionMetrics.RSquared([0.1, 0.1, 0.1], [0.1, 0.1, 0.2]));
        Assert.Equal(1, RegressionMetrics.ExplainedVariance([2, 2], [3, 3]));
        Assert.Equal(0, RegressionMetrics.ExplainedVariance([2, 2], [3, 4]));
    }

    [Fact]
    public void RSquared_OneRow_IsUndefined() => Assert.True(double.IsNaN(RegressionMetrics.RSquared([1], [1])));

    [Fact]
    public void Pinball_Half_IsHalfTheAbsoluteError() =>
        Close(RegressionMetrics.MeanAbsoluteError(Truth, Predicted) / 2, RegressionMetrics.Pinball(Truth, Predicted, 0.5));

    [Fact]
    public void MeanSquaredError_ManyRows_KeepsItsDigits()
    {
        // 2²⁰ + 3 errors of 0.1 exactly alike: their mean is one of them, however they are added.
        double[] truth = new double[(1 << 20) + 3];
        double[] predicted = new double[truth.Length];
        Array.Fill(predicted, 0.1);

        Close(0.1 * 0.1, RegressionMetrics.MeanSquaredError(truth, predicted));
        Close(0.1, RegressionMetrics.MeanAbsoluteError(truth, predicted));
    }

    [Fact]
    public void Metrics_BadInput_NameTheArgument()
    {
        Assert.Equal("truth", Assert.Throws<ArgumentException>(() => RegressionReport.Of([], [])).ParamName);
        Assert.Equal("predicted", Assert.Throws<ArgumentException>(() => RegressionReport.Of([1, 2], [1])).ParamName);
        Assert.Equal("truth", Assert.Throws<ArgumentException>(() => RegressionReport.Of([1, double.NaN], [1, 2])).ParamName);
        Assert.Equal("predicted", Assert.Throws<ArgumentException>(() => RegressionReport.Of([1, 2], [1, double.PositiveInfinity])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => RegressionReport.Of([1, 2], [1, 2], [1])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => RegressionReport.Of([1, 2], [1, 2], [0, 0])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentOutOfRangeException>(() => RegressionReport.Of([1, 2], [1, 2], [-1, 1])).ParamName);
        Assert.Equal("quantile", Assert.Throws<ArgumentOutOfRangeException>(() => RegressionMetrics.Pinball([1], [1], 1.5)).ParamName);
    }

    [Fact]
    public void Report_Output_HasTheNamesOfTheCommandLine()
    {
        RegressionReport report = RegressionReport.Of([1, 2, 4], [1, 3, 4]);
        using JsonDocument json = JsonDocument.Parse(report.ToJson());

        Close(1 / 3.0, json.RootElement.GetProperty("mae").GetDouble()); // by hand
        Close(Math.Sqrt(1 / 3.0), json.RootElement.GetProperty("rmse").GetDouble());
        Close(1 - (1 / (14 / 3.0)), json.RootElement.GetProperty("r2").GetDouble());
        Assert.Contains("\"r2\":null", RegressionReport.Of([1], [1]).ToJson(), StringComparison.Ordinal);
        Assert.Contains("root mean squared error", report.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.StartsWith("Off by 0.3333 on average", report.ToString(), StringComparison.Ordinal);
    }
}
