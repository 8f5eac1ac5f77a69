using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02.HeldBack;

[Exercise("2.4")]
public sealed class InformationGainHeldBackTests : CodeTests<IInformationGain>
{
    [Fact, Points(0.5), HeldBack("more than two classes")]
    public void Gain_ThreeClasses_CountEachOfThem()
    {
        // By hand: log2 3 for all; the four on the right are two and two, 1 bit each.
        Assert.Equal(Math.Log2(3) - (4 / 6.0), Student.Gain([1, 2, 3, 4, 5, 6], ["a", "a", "b", "b", "c", "c"], 2.5), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("values that repeat")]
    public void BestThreshold_ValuesThatRepeat_AreNeverTornApart()
    {
        // Two different values have one midpoint, however well the labels would part elsewhere.
        Assert.Equal(1.5, Student.BestThreshold([1, 1, 1, 1, 2, 2], ["a", "a", "b", "b", "b", "a"]), 1e-12);
    }

    [Fact, Points(0.25), HeldBack("two thresholds that are equally good")]
    public void BestThreshold_TwoEquallyGood_IsTheSmallerOne() => Assert.Equal(1.5, Student.BestThreshold([1, 2, 3, 4], ["a", "b", "b", "a"]), 1e-12);

    [Fact, Points(0.25), HeldBack("input that makes no sense")]
    public void GainAndBestThreshold_InputThatMakesNoSense_Throw()
    {
        Throws<ArgumentException>(() => Student.Gain([], [], 1));
        Throws<ArgumentException>(() => Student.Gain([1, double.NaN, 3], ["a", "b", "a"], 2));
        Throws<ArgumentException>(() => Student.BestThreshold([1, double.NaN, 3], ["a", "b", "a"]));
        Throws<ArgumentException>(() => Student.BestThreshold([4, 4, 4], ["a", "b", "a"]));
    }

    [Fact, Points(0.25), HeldBack("sixty deliveries, against scikit-learn's first split")]
    public void GainAndBestThreshold_SixtyDeliveries_AgreeWithScikitLearn()
    {
        // scikit-learn 1.2.1, DecisionTreeClassifier(criterion="entropy", max_depth=1): threshold and the fall of the impurity.
        double[] values = [.. Enumerable.Range(0, 60).Select(i => Math.Floor(i * 0.6180339887 % 1 * 40) / 4)];
        string[] labels = [.. values.Select((value, i) => i * 0.4142135623 % 1 < value / 10 ? "late" : "fine")];
        Assert.Equal(4.125, Student.BestThreshold(values, labels), 1e-9);
        Assert.Equal(0.25596855375935385, Student.Gain(values, labels, 4.125), 1e-9);
    }
}
