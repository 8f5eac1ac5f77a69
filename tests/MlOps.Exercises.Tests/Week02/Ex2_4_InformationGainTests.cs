using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02;

[Exercise("2.4")]
public sealed class InformationGainTests : CodeTests<IInformationGain>
{
    private static readonly double[] s_values = [2, 3, 4, 5, 6, 8, 9];
    private static readonly string[] s_labels = ["late", "late", "fine", "late", "fine", "fine", "fine"];

    [Fact, Points(0.5)]
    public void Gain_WorkedExample_IsThatOfTheStatement()
    {
        // By hand: H(3/7) = 0.9852 for all, 0 on the left, 5/7 · H(1/5) = 0.5157 on the right.
        Assert.Equal(0.4696, Student.Gain(s_values, s_labels, 3.5), 0.00005);
    }

    [Fact, Points(0.5)]
    public void Gain_QuestionThatSeparates_IsTheWholeEntropy()
    {
        // H(2/5): nothing is left to ask.
        double entropy = (0.4 * Math.Log2(2.5)) + (0.6 * Math.Log2(5 / 3.0));
        Assert.Equal(entropy, Student.Gain([1, 2, 3, 4, 5], ["a", "a", "b", "b", "b"], 2.5), 1e-9);
    }

    [Fact, Points(0.25)]
    public void Gain_QuestionThatAllAnswerAlike_IsZero()
    {
        Assert.Equal(0, Student.Gain([1, 2, 3], ["a", "b", "a"], 7), 1e-12);
        Assert.Equal(0, Student.Gain([1, 2, 3], ["a", "b", "a"], 0), 1e-12);
    }

    [Fact, Points(0.25)]
    public void Gain_ValueEqualToTheThreshold_GoesLeft() => Assert.Equal(1, Student.Gain([1, 2, 3, 4], ["a", "a", "b", "b"], 2), 1e-12);

    [Fact, Points(0.5)]
    public void BestThreshold_WorkedExample_IsThatOfTheStatement() => Assert.Equal(5.5, Student.BestThreshold(s_values, s_labels), 1e-12);

    [Fact, Points(0.25)]
    public void BestThreshold_RowsInAnyOrder_IsTheSame() =>
        Assert.Equal(5.5, Student.BestThreshold([9, 4, 6, 2, 8, 5, 3], ["fine", "fine", "fine", "late", "fine", "late", "late"]), 1e-12);

    [Fact, Points(0.25)]
    public void Gain_DifferentLengths_ThrowsArgumentException() => Throws<ArgumentException>(() => Student.Gain([1, 2, 3], ["a", "b"], 1.5));
}
