using System.Text.Json;
using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

public class ClassificationReportTests
{
    private static readonly JsonElement Binary = Root.GetProperty("binary");
    private static readonly JsonElement Multi = Root.GetProperty("multi");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_TwoClasses_EqualsScikitLearnUnderTheCommandLinesNames(bool weighted)
    {
        JsonElement set = Binary.GetProperty("sets")[0];
        JsonElement expected = set.GetProperty(weighted ? "weighted" : "plain");
        ClassificationReport report = ClassificationReport.Of(Labels.Of(Binary.Flags("truth")), Predict(set.Numbers("probabilities")), weights: weighted ? Binary.Numbers("weights") : []);
        using JsonDocument json = JsonDocument.Parse(report.ToJson());

        Assert.Equal("true", report.Positive);
        Assert.Equal(["accuracy", "precision", "recall", "f1", "auc", "logLoss", "brier"], json.RootElement.EnumerateObject().Select(p => p.Name));
        foreach (JsonProperty metric in json.RootElement.EnumerateObject())
        {
            expected.Agree(metric.Name, metric.Value.GetDouble());
        }

        expected.Agree("mcc", report.Mcc);
        expected.Agree("balancedAccuracy", report.BalancedAccuracy);
        expected.Agree("averagePrecision", report.AveragePrecision!.Value);
    }

    [Fact]
    public void Of_TheOtherClassPositive_MirrorsTheScores()
    {
        JsonElement set = Binary.GetProperty("sets")[0];
        Labels truth = Labels.Of(Binary.Flags("truth"));
        Predictions predictions = Predict(set.Numbers("probabilities"));
        ClassificationReport yes = ClassificationReport.Of(truth, predictions);
        ClassificationReport no = ClassificationReport.Of(truth, predictions, "false");

        Close(yes.Auc, no.Auc);
        Close(yes.LogLoss!.Value, no.LogLoss!.Value);
        Assert.Equal(yes.Confusion.For("false").Precision, no.Precision);
        Assert.Throws<ArgumentException>(() => ClassificationReport.Of(truth, predictions, "yes"));
    }

    [Fact]
    public void Of_FiveClasses_AveragesMacro()
    {
        Labels truth = new(Multi.Codes("truth"), ["0", "1", "2", "3", "4"]);
        Matrix p = Multi.Matrix("probabilities");
        var scores = new Matrix(p.RowCount, 5, p.Values.ToArray(), truth.Classes);
        ClassificationReport report = ClassificationReport.Of(truth, new Predictions(new Labels(Inputs.ArgMax(p), truth.Classes), scores, true, null));
        JsonElement expected = Multi.GetProperty("plain");

        Assert.Null(report.Positive);
        expected.Agree("precision_macro", report.Precision);
        expected.Agree("recall_macro", report.Recall);
        expected.Agree("f1_macro", report.F1);
        expected.Agree("aucOvr_macro", report.Auc);
        expected.Agree("logLoss", report.LogLoss!.Value);
        Close(Brier.Compute(truth, p), report.Brier!.Value);
        Assert.Null(report.ExpectedCalibrationError);
        Assert.Throws<ArgumentException>(() => ClassificationReport.Of(truth, new Predictions(new Labels(Inputs.ArgMax(p), truth.Classes), scores, true, null), "3"));
    }

    [Fact]
    public void Of_ScoresThatAreNoProbabilities_LeavesTheLossesOut()
    {
        var predictions = new Predictions(Labels.Of([true, false, true]), Matrix.FromRows([[-2, 2], [1, -1], [-3, 3]], ["false", "true"]), false, null);
        ClassificationReport report = ClassificationReport.Of(Labels.Of([true, false, false]), predictions);

        Assert.Null(report.LogLoss);
        Assert.Null(report.Brier);
        Assert.Contains("\"logLoss\":null", report.ToJson(), StringComparison.Ordinal);
        Assert.Equal(0.5, report.Auc);
    }

    [Fact]
    public void Of_TestRowsWithOneClass_ReportsWhatIsUndefined()
    {
        // The test set lacks class "no"; its labels were read from the test set alone.
        var predictions = new Predictions(new Labels([1, 1, 0], ["no", "yes"]), Matrix.FromRows([[0.1, 0.9], [0.2, 0.8], [0.6, 0.4]], ["no", "yes"]), true, null);
        ClassificationReport report = ClassificationReport.Of(Labels.Of(["yes", "yes", "yes"]), predictions);

        Assert.True(double.IsNaN(report.Auc));
        Assert.Contains("\"auc\":null", report.ToJson(), StringComparison.Ordinal);
        Close(2 / 3.0, report.Recall);
        Close(-Math.Log(0.9 * 0.8 * 0.4) / 3, report.LogLoss!.Value);
    }

    [Fact]
    public void Of_BadInput_SaysWhatIsWrong()
    {
        Predictions predictions = Predict([0.2, 0.7]);

        Assert.Contains("a class the model does not know", Assert.Throws<ArgumentException>(() => ClassificationReport.Of(Labels.Of(["true", "perhaps"]), predictions)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ClassificationReport.Of(Labels.Of([true]), predictions));
        Assert.Contains("RegressionReport", Assert.Throws<ArgumentException>(() => ClassificationReport.Of(Labels.Of([true]), new Predictions(null, null, false, [1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_Report_NamesThePositiveClass()
    {
        ClassificationReport report = ClassificationReport.Of(Labels.Of([true, false, true, true]), Predict([0.9, 0.2, 0.4, 0.8]));

        Assert.StartsWith("75.0 % of 4 cases are right", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("true (positive)", report.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.Contains("AUC 1.0000", report.ToMimeBundle()["text/plain"], StringComparison.Ordinal);
    }

    private static Predictions Predict(double[] p) => new(
        Labels.Of(p.Select(value => value >= 0.5)), Matrix.FromRows([.. p.Select(value => new[] { 1 - value, value })], ["false", "true"]), true, null);
}
