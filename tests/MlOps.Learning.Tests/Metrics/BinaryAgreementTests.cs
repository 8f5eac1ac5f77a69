using System.Text.Json;
using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

/// <summary>Two classes against scikit-learn 1.2.1: 300 rows of breast cancer, probabilities with and without ties, with and without weights.</summary>
public class BinaryAgreementTests
{
    private static readonly JsonElement Binary = Root.GetProperty("binary");

    public static TheoryData<int, bool> Cases => new() { { 0, false }, { 0, true }, { 1, false }, { 1, true } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rates_RealProbabilities_EqualScikitLearn(int set, bool weighted)
    {
        (bool[] truth, double[] p, double[] w, JsonElement expected) = Case(set, weighted);
        bool[] hard = Array.ConvertAll(p, value => value >= 0.5);
        ConfusionMatrix matrix = ConfusionMatrix.Of(truth, hard, w);
        BinaryConfusion one = matrix.For("true");

        Close(expected.Numbers("confusion"), [one.TrueNegatives, one.FalsePositives, one.FalseNegatives, one.TruePositives]);
        expected.Agree("accuracy", matrix.Accuracy);
        expected.Agree("accuracy", one.Accuracy);
        expected.Agree("balancedAccuracy", matrix.BalancedAccuracy);
        expected.Agree("balancedAccuracy", one.BalancedAccuracy);
        expected.Agree("precision", one.Precision);
        expected.Agree("recall", one.Recall);
        expected.Agree("specificity", one.Specificity);
        expected.Agree("specificity", 1 - one.FalsePositiveRate);
        expected.Agree("f1", one.F1);
        expected.Agree("f2", one.FBeta(2));
        expected.Agree("fHalf", one.FBeta(0.5));
        expected.Agree("mcc", one.Mcc);
        expected.Agree("mcc", matrix.Mcc);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossesAndAreas_RealProbabilities_EqualScikitLearn(int set, bool weighted)
    {
        (bool[] truth, double[] p, double[] w, JsonElement expected) = Case(set, weighted);
        PrecisionRecallCurve curve = PrecisionRecallCurve.Of(truth, p, w);

        expected.Agree("logLoss", LogLoss.Compute(truth, p, w));
        expected.Agree("brier", Brier.Compute(truth, p, w));
        expected.Agree("hinge", HingeLoss.Compute(truth, Binary.Numbers("decision"), w));
        expected.Agree("auc", RocAuc.Compute(truth, p, w));
        expected.Agree("averagePrecision", curve.AveragePrecision);
        expected.Agree("prArea", curve.Area);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Curves_RealProbabilities_EqualScikitLearnPointByPoint(int set, bool weighted)
    {
        (bool[] truth, double[] p, double[] w, JsonElement expected) = Case(set, weighted);
        RocCurve roc = RocCurve.Of(truth, p, w);
        PrecisionRecallCurve pr = PrecisionRecallCurve.Of(truth, p, w);

        Close(expected.Numbers("fpr"), roc.FalsePositiveRates, "fpr");
        Close(expected.Numbers("tpr"), roc.TruePositiveRates, "tpr");
        Assert.Equal([double.PositiveInfinity, .. expected.Numbers("rocThresholds")], roc.Thresholds);
        expected.Agree("auc", roc.Area);
        Close(expected.Numbers("precisions"), pr.Precisions, "precision");
        Close(expected.Numbers("recalls"), pr.Recalls, "recall");
        Assert.Equal(expected.Numbers("prThresholds"), pr.Thresholds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void PrecisionAtRecall_Floors_GiveTheBestPointOfScikitLearnsCurve(int set)
    {
        (bool[] truth, double[] p, _, _) = Case(set, false);
        PrecisionRecallCurve curve = PrecisionRecallCurve.Of(truth, p);
        foreach (JsonElement floor in Binary.GetProperty("sets")[set].GetProperty("precisionAtRecall").EnumerateArray())
        {
            OperatingPoint point = curve.PrecisionAtRecall(floor[0].GetDouble());

            Close(floor[1].GetDouble(), point.Threshold, "threshold");
            Close(floor[2].GetDouble(), point.Precision, "precision");
            Close(floor[3].GetDouble(), point.Recall, "recall");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Calibration_UniformAndQuantileBins_EqualScikitLearn(int set)
    {
        (bool[] truth, double[] p, _, _) = Case(set, false);
        JsonElement curves = Binary.GetProperty("sets")[set].GetProperty("calibration");
        foreach ((string name, CalibrationBinning binning) in new[] { ("uniform", CalibrationBinning.Uniform), ("quantile", CalibrationBinning.Quantile) })
        {
            foreach (int bins in new[] { 5, 7, 10 })
            {
                JsonElement expected = curves.GetProperty(FormattableString.Invariant($"{name}{bins}"));
                CalibrationCurve curve = CalibrationCurve.Of(truth, p, bins, binning);

                Close(expected.Numbers("came"), [.. curve.Bins.Select(bin => bin.FractionPositive)], "came");
                Close(expected.Numbers("said"), [.. curve.Bins.Select(bin => bin.MeanPredicted)], "said");
                Assert.Equal(truth.Length, curve.Bins.Sum(bin => bin.Count));
            }
        }
    }

    private static (bool[] Truth, double[] P, double[] W, JsonElement Expected) Case(int set, bool weighted)
    {
        JsonElement chosen = Binary.GetProperty("sets")[set];
        return (Binary.Flags("truth"), chosen.Numbers("probabilities"), weighted ? Binary.Numbers("weights") : [], chosen.GetProperty(weighted ? "weighted" : "plain"));
    }
}
