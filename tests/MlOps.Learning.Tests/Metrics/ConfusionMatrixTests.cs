using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

public class ConfusionMatrixTests
{
    [Fact]
    public void For_ExamMatrix_GivesF1FromTheCounts()
    {
        // Week 02's exam: 270, 280, 2000, 12000. By hand: P = 270/550, R = 270/2270, F1 = 540/2820 = 0.1915 (0.1914 from rounded parts).
        BinaryConfusion exam = ConfusionMatrix.OfCounts(270, 280, 2000, 12000, "ill", "well").For("ill");

        Close(270 / 550.0, exam.Precision);
        Close(270 / 2270.0, exam.Recall);
        Close(540 / 2820.0, exam.F1);
        Assert.Equal("0.1915", exam.F1.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture));
        Close(12270 / 14550.0, exam.Accuracy);
        Close(12000 / 12280.0, exam.Specificity);
        Close(12000 / 14000.0, exam.NegativePredictiveValue);
        Close(2270 / 14550.0, exam.Prevalence);
    }

    [Fact]
    public void For_TheOtherClass_ExchangesTheCells()
    {
        ConfusionMatrix matrix = ConfusionMatrix.OfCounts(270, 280, 2000, 12000, "ill", "well");
        BinaryConfusion well = matrix.For("well");

        Assert.Equal((12000, 2000, 280, 270), (well.TruePositives, well.FalsePositives, well.FalseNegatives, well.TrueNegatives));
        Assert.Equal(2000, matrix["ill", "well"]);
        Assert.Equal(matrix.For("ill").Recall, well.Specificity);
        Close(matrix.For("ill").Mcc, well.Mcc);
        Close(matrix.Mcc, well.Mcc);
    }

    [Fact]
    public void Rates_WithoutDenominator_AreNaNButMccIsZero()
    {
        BinaryConfusion silent = ConfusionMatrix.OfCounts(0, 0, 5, 5).For("true");
        BinaryConfusion absent = ConfusionMatrix.OfCounts(0, 0, 0, 5).For("true");

        Assert.True(double.IsNaN(silent.Precision));
        Assert.Equal(0, silent.Recall);
        Assert.Equal(0, silent.F1);
        Assert.Equal(0, silent.Mcc);
        Assert.True(double.IsNaN(absent.Recall));
        Assert.True(double.IsNaN(absent.F1));
        Assert.True(double.IsNaN(absent.BalancedAccuracy));
        Assert.Equal(0, ConfusionMatrix.OfCounts(0, 0, 0, 5).Mcc);
        Assert.Equal(1, ConfusionMatrix.OfCounts(0, 0, 0, 5).BalancedAccuracy); // over the one class that occurs
    }

    [Fact]
    public void Mcc_HugeCounts_NeitherOverflowsNorLosesDigits() =>
        Close(ConfusionMatrix.OfCounts(270, 280, 2000, 12000).Mcc, ConfusionMatrix.OfCounts(270e200, 280e200, 2000e200, 12000e200).Mcc);

    [Fact]
    public void Of_ClassesInDifferentOrder_AreMatchedByName()
    {
        var truth = new Labels([0, 0, 1, 1], ["cat", "dog"]);
        var predicted = new Labels([1, 2, 0, 1], ["dog", "cat", "owl"]);
        ConfusionMatrix matrix = ConfusionMatrix.Of(truth, predicted);

        Assert.Equal(["cat", "dog", "owl"], matrix.Classes);
        Assert.Equal(1, matrix["cat", "cat"]);
        Assert.Equal(1, matrix["cat", "owl"]);
        Assert.Equal(1, matrix["dog", "cat"]);
        Assert.Equal(0.5, matrix.Accuracy);
    }

    [Fact]
    public void Of_OneWeightEach_EqualsCounting()
    {
        int[] truth = [0, 1, 2, 1, 0, 2, 2, 1, 0];
        int[] predicted = [0, 1, 1, 1, 2, 2, 0, 1, 0];
        ConfusionMatrix counted = ConfusionMatrix.Of(truth, predicted, ["a", "b", "c"]);
        ConfusionMatrix weighted = ConfusionMatrix.Of(truth, predicted, ["a", "b", "c"], [2, 2, 2, 2, 2, 2, 2, 2, 2]);

        Assert.Equal(9, counted.Total);
        Assert.Equal(18, weighted.Total);
        Assert.Equal(counted.Accuracy, weighted.Accuracy);
        Close(counted.Mcc, weighted.Mcc);
        Close(counted.Accuracy, counted.F1(Average.Micro)); // one class a case: micro F1 is the accuracy
        Close(counted.Accuracy, counted.Recall(Average.Weighted));
    }

    [Fact]
    public void Of_BadInput_SaysWhatIsWrong()
    {
        Assert.Equal("truth", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([], [], ["a", "b"])).ParamName);
        Assert.Equal("predicted", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0], [0, 1], ["a", "b"])).ParamName);
        Assert.Contains("Code 2 in row 1", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0, 1], [0, 2], ["a", "b"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0], [0], ["a", "a"]));
        Assert.Contains("There are: false, true", Assert.Throws<ArgumentException>(() => ConfusionMatrix.OfCounts(1, 1, 1, 1).For("yes")).Message, StringComparison.Ordinal);
        Assert.Equal("falseNegatives", Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.OfCounts(1, 1, -1, 1)).ParamName);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.OfCounts(0, 0, 0, 0));
        Assert.Equal("beta", Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.OfCounts(1, 1, 1, 1).For("true").FBeta(0)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.OfCounts(1, 1, 1, 1).F1((Average)9));
    }

    [Fact]
    public void Output_Matrix_NamesTheCommonestErrorAndEscapesNames()
    {
        ConfusionMatrix matrix = ConfusionMatrix.OfCounts(270, 280, 2000, 12000, "<ill>", "well");

        Assert.Equal("The commonest error: <ill> taken for well, 2,000 cases", matrix.Chart().Title);
        Assert.Contains("predicted &lt;ill&gt;", matrix.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<ill>", matrix.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.Contains("0.1189", matrix.ToString(), StringComparison.Ordinal); // recall of <ill>: 270/2270
        Assert.Equal("Every case is right", ConfusionMatrix.OfCounts(1, 0, 0, 1).Chart().Title);
    }
}
