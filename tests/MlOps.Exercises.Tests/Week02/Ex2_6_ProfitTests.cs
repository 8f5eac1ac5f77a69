using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week02;

[Exercise("2.6")]
public sealed class ProfitTests : CodeTests<IAdProfit>
{
    private static readonly bool[] s_clicked = [true, false, true, false, false, false, true, false];
    private static readonly double[] s_probabilities = [0.8, 0.6, 0.5, 0.3, 0.3, 0.2, 0.1, 0.05];

    [Fact, Points(0.5)]
    public void Profit_WorkedExample_IsThatOfTheStatement()
    {
        // By hand: two clicks and three without at 0.3; three and four at 0.1.
        Assert.Equal(1.25, Student.Profit(s_clicked, s_probabilities, 1, 0.25, 0.3), 1e-9);
        Assert.Equal(2, Student.Profit(s_clicked, s_probabilities, 1, 0.25, 0.1), 1e-9);
    }

    [Fact, Points(0.25)]
    public void Profit_ProbabilityAtTheThreshold_IsShown() => Assert.Equal(1, Student.Profit([true, false], [0.5, 0.2], 1, 0.25, 0.5), 1e-9);

    [Fact, Points(0.5)]
    public void BestThreshold_WorkedExample_IsThatOfTheStatement() => Assert.Equal(0.1, Student.BestThreshold(s_clicked, s_probabilities, 1, 0.25), 1e-12);

    [Fact, Points(0.25)]
    public void BestThreshold_NobodyClicks_IsInfinite() =>
        Assert.Equal(double.PositiveInfinity, Student.BestThreshold([false, false, false], [0.4, 0.3, 0.2], 1, 0.25));

    [Fact, Points(0.25)]
    public void Profit_DifferentLengths_ThrowsArgumentException() => Throws<ArgumentException>(() => Student.Profit([true, false], [0.5], 1, 0.25, 0.5));
}
